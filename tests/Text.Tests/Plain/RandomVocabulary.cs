// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Text.Words;

namespace BertManaged.Text.Tests.Plain;

/// <summary>A vocabulary that spells much of some texts: parts of their words, of one character and more, a tenth left out.</summary>
internal static class RandomVocabulary
{
    public static Vocabulary For(IEnumerable<string> texts, bool lowerCase, int seed)
    {
        Random random = new(seed);
        SortedSet<string> tokens = new(StringComparer.Ordinal);
        foreach (int[] word in texts.SelectMany(text => Words(text, lowerCase)))
        {
            for (int start = 0; start < word.Length; start++)
            {
                int length = random.Next(4) == 0 ? random.Next(1, 18) : 1;
                string part = string.Concat(word.Skip(start).Take(length).Select(char.ConvertFromUtf32));
                tokens.Add(random.Next(2) == 0 ? part : "##" + part);
            }
        }

        string[] kept = ["[UNK]", "[CLS]", "[SEP]", .. tokens.Where(_ => random.Next(10) > 0)];
        return Vocabulary.Parse(Encoding.UTF8.GetBytes(string.Join('\n', kept)), "random");
    }

    private static IEnumerable<int[]> Words(string text, bool lowerCase)
    {
        WordReader reader = new(lowerCase, int.MaxValue);
        WordBuffer buffer = new();
        for (int position = 0; position < text.Length;)
        {
            position = reader.Read(text, position, buffer);
            yield return [.. PlainText.CodePoints(buffer.Characters.ToString()).Where(codePoint => codePoint is < 0xD800 or > 0xDFFF)];
        }
    }
}
