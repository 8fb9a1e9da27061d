// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>Texts of random sentences whose words are one token, or a token and pieces "##s", "##t".</summary>
internal static class RandomTexts
{
    private const int Words = 2000;

    /// <summary>Special tokens, words w0 to w1999, two pieces.</summary>
    public static string VocabularyText { get; } = string.Join(
        '\n', ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(0, Words).Select(i => $"w{i}"), "##s", "##t"]);

    /// <summary>The same, read.</summary>
    public static Vocabulary Vocabulary { get; } = Text.Vocabulary.Parse(Encoding.UTF8.GetBytes(VocabularyText), "vocab");

    /// <summary>Documents of 1 to 30 sentences of 1 to 24 words.</summary>
    public static string Make(int seed, int documents)
    {
        var random = new Random(seed);
        var text = new StringBuilder();
        for (int document = 0; document < documents; document++)
        {
            int sentences = random.Next(4) == 0 ? 1 : random.Next(1, 31);
            for (int sentence = 0; sentence < sentences; sentence++)
            {
                text.AppendJoin(' ', Enumerable.Range(0, random.Next(1, 25)).Select(_ => Word(random))).Append('\n');
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Word(Random random) => $"w{random.Next(Words)}{(random.Next(4) == 0 ? "st" : "")}";
}
