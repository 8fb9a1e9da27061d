// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Unicode;

/// <summary>The only rule of lower-casing that looks around: U+03A3 (Σ) becomes ς at the end of a word and σ elsewhere.</summary>
/// <remarks>The Unicode standard, section 3.13, condition Final_Sigma, applied as Google's tokenizer does: to the text between two
/// separators, after the removed characters are gone.</remarks>
internal static class FinalSigma
{
    public const int CapitalSigma = 0x03A3;

    /// <summary>The lower-case form of the Σ at a position.</summary>
    public static char Lower(ReadOnlySpan<char> text, int position) =>
        IsCasedBefore(text, position) && !IsCasedAfter(text, position + 1) ? 'ς' : 'σ';

    private static bool IsCasedBefore(ReadOnlySpan<char> text, int position)
    {
        while (position > 0)
        {
            int codePoint = CodePoints.Before(text, position);
            if (Decides(codePoint, out bool cased))
            {
                return cased;
            }

            position -= CodePoints.Length(codePoint);
        }

        return false;
    }

    private static bool IsCasedAfter(ReadOnlySpan<char> text, int position)
    {
        while (position < text.Length)
        {
            int codePoint = CodePoints.At(text, position);
            if (Decides(codePoint, out bool cased))
            {
                return cased;
            }

            position += CodePoints.Length(codePoint);
        }

        return false;
    }

    // Separators and ideographs end the search; removed and case-ignorable characters are looked through.
    private static bool Decides(int codePoint, out bool cased)
    {
        CharacterProperties properties = CharacterData.Properties(codePoint);
        cased = (properties & CharacterProperties.Cased) != 0;
        switch (CharacterData.Kind(properties))
        {
            case CharacterKind.Space:
            case CharacterKind.Ideograph:
                cased = false;
                return true;
            case CharacterKind.Removed:
                return false;
            default:
                return (properties & CharacterProperties.CaseIgnorable) == 0;
        }
    }
}
