// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Unicode;
using BertManaged.Text.WordPieces;

namespace BertManaged.Text.Words;

/// <summary>A normalised word and, for each of its UTF-16 units, the range of the original text that it comes from.
/// Reused from word to word; keeps no more characters than a word may have.</summary>
internal sealed class WordBuffer
{
    // Stands for a surrogate without partner. Two of it form no pair, so no token of a vocabulary holds it.
    private const char LoneSurrogate = '\uDC00';

    private char[] _characters = new char[64];
    private int[] _starts = new int[64];
    private int[] _ends = new int[64];
    private int _length;
    private int _maxCodePoints;
    private int _runStart;
    private int _start;
    private int _end;

    /// <summary>The characters kept.</summary>
    public ReadOnlySpan<char> Characters => _characters.AsSpan(0, _length);

    /// <summary>Code points of the word, those not kept included.</summary>
    public int CodePointCount { get; private set; }

    public bool IsEmpty => CodePointCount == 0;

    /// <summary>The word as the piece matcher wants it.</summary>
    public View AsWord() => new(this);

    /// <summary>Begins a word of which up to <paramref name="maxCodePoints"/> code points are wanted.</summary>
    public void Clear(int maxCodePoints)
    {
        _length = _runStart = CodePointCount = 0;
        _maxCodePoints = maxCodePoints;
    }

    /// <summary>Appends a code point that is not a combining character (class 0).</summary>
    public void Append(int codePoint, int start, int end)
    {
        if (TryReserve(start, end))
        {
            _length += Write(_length, codePoint, start, end);
            _runStart = _length;
        }
    }

    /// <summary>Appends a code point, in canonical order if it is a combining character.</summary>
    public void AppendOrdered(int codePoint, int start, int end)
    {
        int combiningClass = CharacterData.CombiningClassOfKept(codePoint);
        if (combiningClass == 0)
        {
            Append(codePoint, start, end);
        }
        else if (TryReserve(start, end))
        {
            InsertOrdered(codePoint, combiningClass, start, end);
        }
    }

    /// <summary>Notes a mark that is deleted but belongs to the character before it.</summary>
    /// <param name="end">Where the mark ends in the original text.</param>
    /// <param name="isStarter">Whether its combining class is 0, which ends a run of combining characters.</param>
    public void SkipMark(int end, bool isStarter)
    {
        if (_length > 0)
        {
            _end = Math.Max(_end, end);
            _ends[_length - 1] = Math.Max(_ends[_length - 1], end);
        }

        if (isStarter)
        {
            _runStart = _length;
        }
    }

    private bool TryReserve(int start, int end)
    {
        _start = IsEmpty ? start : Math.Min(_start, start);
        _end = IsEmpty ? end : Math.Max(_end, end);
        CodePointCount++;
        if (CodePointCount > _maxCodePoints)
        {
            return false;
        }

        if (_length + 2 > _characters.Length)
        {
            Array.Resize(ref _characters, 2 * _characters.Length);
            Array.Resize(ref _starts, _characters.Length);
            Array.Resize(ref _ends, _characters.Length);
        }

        return true;
    }

    // Stable insertion by class into the run of combining characters at the end of the word. The characters that changed places
    // share one range, so that ranges stay in order.
    private void InsertOrdered(int codePoint, int combiningClass, int start, int end)
    {
        int index = _length;
        while (index > _runStart)
        {
            int before = CodePoints.Before(Characters, index);
            if (CharacterData.CombiningClassOfKept(before) <= combiningClass)
            {
                break;
            }

            index -= CodePoints.Length(before);
        }

        int clusterStart = index < _length ? _starts[index] : start;
        Characters[index..].CopyTo(_characters.AsSpan(index + CodePoints.Length(codePoint)));
        _length += Write(index, codePoint, start, end);
        _starts.AsSpan(index, _length - index).Fill(clusterStart);
        _ends.AsSpan(index, _length - index).Fill(end);
    }

    private int Write(int index, int codePoint, int start, int end)
    {
        int units = CodePoints.Length(codePoint);
        if (units == 2)
        {
            _characters[index] = (char)(0xD7C0 + (codePoint >> 10));
            _characters[index + 1] = (char)(0xDC00 | (codePoint & 0x3FF));
        }
        else
        {
            _characters[index] = char.IsSurrogate((char)codePoint) ? LoneSurrogate : (char)codePoint;
        }

        _starts.AsSpan(index, units).Fill(start);
        _ends.AsSpan(index, units).Fill(end);
        return units;
    }

    /// <summary>The buffer as a word.</summary>
    public readonly struct View(WordBuffer buffer) : IWord
    {
        public ReadOnlySpan<char> Characters => buffer.Characters;

        public int CaseBit => 0;

        public int CodePointCount => buffer.CodePointCount;

        public int StartOf(int index) => index == 0 ? buffer._start : buffer._starts[index];

        public int EndOf(int index) => index == buffer._length - 1 ? buffer._end : buffer._ends[index];
    }
}
