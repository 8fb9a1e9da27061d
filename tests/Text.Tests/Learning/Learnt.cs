// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Text.Learning;

namespace BertManaged.Text.Tests.Learning;

/// <summary>Vocabularies learnt from texts in memory.</summary>
internal static class Learnt
{
    public static WordCounts Count(IEnumerable<string> texts, bool lowerCase = true, int maxWords = int.MaxValue)
    {
        var counter = new WordCounter(lowerCase, maxWords);
        return counter.Count(() =>
        {
            WordTally tally = counter.NewTally();
            foreach (string text in texts)
            {
                tally.Add(text);
            }

            tally.Finish();
        });
    }

    public static IReadOnlyList<string> From(string text, VocabularyRecipe recipe) =>
        new VocabularyLearner(Count([text]), recipe).Learn(CancellationToken.None);

    /// <summary>The vocabulary as it is after it was written to a file and read again.</summary>
    public static Vocabulary Reread(IReadOnlyList<string> tokens) =>
        Vocabulary.Parse(Encoding.UTF8.GetBytes(string.Concat(tokens.Select(token => token + "\n"))), "learnt");
}
