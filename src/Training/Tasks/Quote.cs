// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;

namespace BertManaged.Training;

/// <summary>Shows a piece of a file within a message of one line.</summary>
internal static class Quote
{
    private const int Longest = 40;

    /// <summary>The text in quotation marks, cut after 40 characters, with invisible characters written out:
    /// a byte order mark or a stray control character is the usual culprit.</summary>
    public static string Of(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (quoted.Length > Longest)
            {
                return quoted.Append("…'").ToString();
            }

            quoted.Append(IsVisible(rune) ? rune.ToString() : $"\\u{rune.Value:X4}");
        }

        return quoted.Append('\'').ToString();
    }

    /// <summary>Several texts, at most ten of them.</summary>
    public static string List(IReadOnlyCollection<string> texts)
    {
        const int most = 10;
        string listed = string.Join(", ", texts.Take(most).Select(Of));
        return texts.Count > most ? $"{listed} and {texts.Count - most} more" : listed;
    }

    private static bool IsVisible(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
