// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Unicode;

/// <summary>UTF-16 read by code points. A surrogate without its partner is a code point by itself, as in Python.</summary>
internal static class CodePoints
{
    /// <summary>The code point that begins at a position.</summary>
    public static int At(ReadOnlySpan<char> text, int position)
    {
        char unit = text[position];
        return char.IsHighSurrogate(unit) && position + 1 < text.Length && char.IsLowSurrogate(text[position + 1])
            ? char.ConvertToUtf32(unit, text[position + 1])
            : unit;
    }

    /// <summary>The code point that ends before a position.</summary>
    public static int Before(ReadOnlySpan<char> text, int position)
    {
        char unit = text[position - 1];
        return char.IsLowSurrogate(unit) && position > 1 && char.IsHighSurrogate(text[position - 2])
            ? char.ConvertToUtf32(text[position - 2], unit)
            : unit;
    }

    /// <summary>The code points of a text, one after another.</summary>
    public static IEnumerable<int> Of(string text)
    {
        for (int position = 0; position < text.Length; position += Length(At(text, position)))
        {
            yield return At(text, position);
        }
    }

    /// <summary>UTF-16 units of a code point: 1 or 2.</summary>
    public static int Length(int codePoint) => codePoint < 0x10000 ? 1 : 2;
}
