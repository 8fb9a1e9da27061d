// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Unicode;

/// <summary>Canonical decomposition of Hangul syllables by the arithmetic of the Unicode standard, section 3.12.</summary>
internal static class Hangul
{
    private const int FirstSyllable = 0xAC00;
    private const int SyllableCount = 11172;
    private const int FirstLeading = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int FirstTrailing = 0x11A7;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;

    /// <summary>Whether a code point is a precomposed syllable.</summary>
    public static bool IsSyllable(int codePoint) => (uint)(codePoint - FirstSyllable) < SyllableCount;

    /// <summary>Writes the two or three jamo of a syllable; returns how many.</summary>
    public static int Decompose(int syllable, Span<char> jamo)
    {
        int index = syllable - FirstSyllable;
        jamo[0] = (char)(FirstLeading + (index / (VowelCount * TrailingCount)));
        jamo[1] = (char)(FirstVowel + (index / TrailingCount % VowelCount));
        jamo[2] = (char)(FirstTrailing + (index % TrailingCount));
        return jamo[2] == FirstTrailing ? 2 : 3;
    }
}
