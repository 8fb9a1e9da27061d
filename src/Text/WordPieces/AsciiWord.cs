// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.WordPieces;

/// <summary>A word of ASCII letters and digits, or a single ASCII character, in place in the original text.</summary>
internal readonly ref struct AsciiWord(ReadOnlySpan<char> text, int start, int end, int caseBit) : IWord
{
    private readonly int _start = start;

    public ReadOnlySpan<char> Characters { get; } = text[start..end];

    public int CaseBit { get; } = caseBit;

    public int CodePointCount => Characters.Length;

    public int StartOf(int index) => _start + index;

    public int EndOf(int index) => _start + index + 1;
}
