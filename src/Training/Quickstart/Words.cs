// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Training;

/// <summary>Cuts a text into words for word counts.</summary>
internal static class Words
{
    /// <summary>Runs of letters and digits in lower case; an apostrophe between two letters stays within its word.</summary>
    public static List<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsLetterOrDigit(text[i]) || IsInnerApostrophe(text, i))
            {
                word.Append(char.ToLowerInvariant(text[i]));
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return word.Length > 0 ? [.. words, word.ToString()] : words;
    }

    private static bool IsInnerApostrophe(string text, int at) =>
        text[at] is '\'' or '’' && at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);
}
