// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;

namespace BertManaged.Formats;

/// <summary>Makes messages about files fit for one line: a broken file may have anything in its names.</summary>
internal static class ErrorLine
{
    private const int LongestMessage = 2000;

    /// <summary>The message with control characters as escapes, and cut where it is very long.</summary>
    public static string Of(string message)
    {
        var line = new StringBuilder();
        foreach (char c in message.AsSpan(0, Math.Min(message.Length, LongestMessage)))
        {
            bool printable = !char.IsControl(c) && c is not ('\u2028' or '\u2029');
            line.Append(printable ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
        }

        return message.Length <= LongestMessage ? line.ToString() : line.Append('…').ToString();
    }
}
