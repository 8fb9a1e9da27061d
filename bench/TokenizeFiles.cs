// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Bench;

/// <summary>The files that the tokenizer is measured on.</summary>
internal static class TokenizeFiles
{
    /// <summary>Of the table of passages the first column; its first line has the names of the columns.</summary>
    public static string Prose() => Named("BERTMANAGED_PROSE") is { } file
        ? File.ReadAllText(file)
        : string.Join('\n', File.ReadLines(Sample("train.tsv")).Skip(1).Select(line => line.Split('\t')[0]));

    public static Vocabulary Vocabulary() => Text.Vocabulary.Load(Named("BERTMANAGED_VOCAB") ?? Sample("vocab.txt"));

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : null;

    private static string Sample(string name)
    {
        string start = AppContext.BaseDirectory;
        return Ancestors(start).Select(folder => Path.Combine(folder, "samples", "novelists", name)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException(
                $"expected samples/novelists/{name} above {start}, found none; set BERTMANAGED_PROSE and BERTMANAGED_VOCAB");
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (DirectoryInfo? ancestor = new(folder); ancestor is not null; ancestor = ancestor.Parent)
        {
            yield return ancestor.FullName;
        }
    }
}
