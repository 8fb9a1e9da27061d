// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Text.Tests.Plain;

/// <summary>Python's view of strings: sequences of code points, of which lone surrogates are some.</summary>
internal static class PlainText
{
    private static readonly int[] Whitespace =
    [
        0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004,
        0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000,
    ];

    public static List<int> CodePoints(string text)
    {
        List<int> result = [];
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            result.Add(isPair ? char.ConvertToUtf32(text[i], text[++i]) : text[i]);
        }

        return result;
    }

    public static IEnumerable<int[]> Split(List<int> text)
    {
        for (int start = 0; start < text.Count;)
        {
            int length = text.Skip(start).TakeWhile(c => !Whitespace.Contains(c)).Count();
            if (length > 0)
            {
                yield return [.. text.Skip(start).Take(length)];
            }

            start += length + 1;
        }
    }

    /// <summary>UTF-16; a lone surrogate becomes a text that no vocabulary holds, even beside its partner.</summary>
    public static string ToString(IEnumerable<int> codePoints)
    {
        StringBuilder text = new();
        foreach (int c in codePoints)
        {
            text.Append(c is >= 0xD800 and <= 0xDFFF ? $"\uDC00<{c:X4}>" : char.ConvertFromUtf32(c));
        }

        return text.ToString();
    }
}
