// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Unicode;

namespace BertManaged.Text.Learning;

/// <summary>The words of a text as sequences of pieces, which grow as pairs of them are merged.</summary>
internal sealed class SpelledWords
{
    private readonly List<int> _pieces = [];
    private readonly List<int> _starts = [];
    private readonly List<int> _lengths = [];
    private readonly List<long> _counts = [];
    private readonly PairTable _pairs;

    /// <param name="pairs">Told of every pair that comes and goes.</param>
    public SpelledWords(PairTable pairs) => _pairs = pairs;

    /// <summary>Adds a word, spelt with one piece for each code point.</summary>
    public void Add(string word, long count, PieceList pieces)
    {
        int number = _starts.Count, start = _pieces.Count;
        foreach (int codePoint in CodePoints.Of(word))
        {
            _pieces.Add(pieces.IdOf(codePoint, isContinuation: _pieces.Count > start));
        }

        _starts.Add(start);
        _lengths.Add(_pieces.Count - start);
        _counts.Add(count);
        for (int i = start; i + 1 < _pieces.Count; i++)
        {
            _pairs.Add(new PiecePair(_pieces[i], _pieces[i + 1]), number, count);
        }
    }

    /// <summary>Makes one piece of a pair wherever a word has it, from the left.</summary>
    public void Merge(int word, PiecePair pair, int merged)
    {
        Span<int> pieces = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pieces).Slice(_starts[word], _lengths[word]);
        long count = _counts[word];
        int length = pieces.Length;
        for (int i = 0; i + 1 < length; i++)
        {
            if (pieces[i] == pair.Left && pieces[i + 1] == pair.Right)
            {
                MergeAt(i, word, pieces[..length], merged, count);
                length--;
            }
        }

        _lengths[word] = length;
    }

    private void MergeAt(int i, int word, Span<int> pieces, int merged, long count)
    {
        if (i > 0)
        {
            _pairs.Remove(new PiecePair(pieces[i - 1], pieces[i]), count);
            _pairs.Add(new PiecePair(pieces[i - 1], merged), word, count);
        }

        if (i + 2 < pieces.Length)
        {
            _pairs.Remove(new PiecePair(pieces[i + 1], pieces[i + 2]), count);
            _pairs.Add(new PiecePair(merged, pieces[i + 2]), word, count);
        }

        _pairs.Remove(new PiecePair(pieces[i], pieces[i + 1]), count);
        pieces[i] = merged;
        pieces[(i + 2)..].CopyTo(pieces[(i + 1)..]);
    }
}
