// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>The prose and the vocabulary that the program carries within it, for those who have no text of their own at hand.</summary>
public static class NovelistsText
{
    /// <summary>2,700 passages by three novelists of the nineteenth century: the training set of the quickstart.</summary>
    public static IEnumerable<string> Passages() =>
        Encoding.UTF8.GetString(NovelistsSample.Read("train.tsv")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t')[0]);

    /// <summary>The vocabulary of the quickstart.</summary>
    public static Vocabulary Vocabulary() => Text.Vocabulary.Parse(NovelistsSample.Read("vocab.txt"), "the bundled vocabulary");
}
