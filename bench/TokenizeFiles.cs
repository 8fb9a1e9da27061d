// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Bench;

/// <summary>The files that the tokenizer is measured on.</summary>
internal static class TokenizeFiles
{
    public static string Prose() =>
        string.Join('\n', Files("BERTMANAGED_PROSE", "*.txt").Where(path => Path.GetFileName(path) != "vocab.txt").Select(File.ReadAllText));

    public static Vocabulary Vocabulary() => Text.Vocabulary.Load(Files("BERTMANAGED_VOCAB", "vocab.txt")[0]);

    private static string[] Files(string variable, string pattern)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path)
        {
            return [path];
        }

        string? samples = Ancestors(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "samples")).FirstOrDefault(Directory.Exists);
        string[] found = samples is null ? [] : Directory.GetFiles(samples, pattern, SearchOption.AllDirectories);
        return found.Length > 0
            ? found
            : throw new FileNotFoundException($"expected {pattern} in a folder samples/ above {AppContext.BaseDirectory}, found none; set {variable}");
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (DirectoryInfo? ancestor = new(folder); ancestor is not null; ancestor = ancestor.Parent)
        {
            yield return ancestor.FullName;
        }
    }
}
