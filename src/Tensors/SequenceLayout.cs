// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Where each sequence of a packed batch begins: B sequences, R rows in all, no padding and no mask.</summary>
/// <remarks>A sequence has two lengths: its rows, and how many of them (the first ones) are keys that attention looks at.
/// They differ only where parity with a padded reference is asked for: the further rows then look at the real tokens and
/// nobody looks at them.</remarks>
public sealed class SequenceLayout
{
    private readonly int[] _starts, _rows, _keys;
    private readonly long[] _probabilityStarts;

    /// <summary>A layout in which every row is a key.</summary>
    /// <param name="lengths">Rows of each sequence, each at least 1.</param>
    public SequenceLayout(ReadOnlySpan<int> lengths)
        : this(lengths, lengths)
    {
    }

    /// <summary>A layout with rows that are no keys.</summary>
    /// <param name="rows">Rows of each sequence, each at least 1.</param>
    /// <param name="keys">How many of them are keys, 1 to the number of rows.</param>
    /// <exception cref="ArgumentException">A length is out of range.</exception>
    public SequenceLayout(ReadOnlySpan<int> rows, ReadOnlySpan<int> keys)
    {
        if (rows.Length != keys.Length)
        {
            throw new ArgumentException($"{rows.Length} sequences have rows, {keys.Length} have keys", nameof(keys));
        }

        (_rows, _keys) = (rows.ToArray(), keys.ToArray());
        _starts = new int[rows.Length + 1];
        _probabilityStarts = new long[rows.Length + 1];
        for (int b = 0; b < rows.Length; b++)
        {
            if (keys[b] < 1 || keys[b] > rows[b])
            {
                throw new ArgumentException(
                    $"sequence {b} has {rows[b]} rows and {keys[b]} keys; expected 1 <= keys <= rows", nameof(keys));
            }

            _starts[b + 1] = checked(_starts[b] + rows[b]);
            _probabilityStarts[b + 1] = _probabilityStarts[b] + ((long)rows[b] * keys[b]);
            LongestKeys = Math.Max(LongestKeys, keys[b]);
        }
    }

    /// <summary>Number of sequences, B.</summary>
    public int Count => _rows.Length;

    /// <summary>Number of rows of all sequences, R.</summary>
    public int TotalRows => _starts[^1];

    /// <summary>The largest number of keys of a sequence.</summary>
    public int LongestKeys { get; }

    /// <summary>Attention probabilities of one head over all sequences: the sum of rows times keys.</summary>
    public long ProbabilitiesPerHead => _probabilityStarts[^1];

    /// <summary>What a backend with memory of its own remembers of this layout.</summary>
    public object? DeviceCopy { get; set; }

    /// <summary>First row of sequence <paramref name="sequence"/>.</summary>
    public int Start(int sequence) => _starts[sequence];

    /// <summary>Rows of sequence <paramref name="sequence"/>.</summary>
    public int Rows(int sequence) => _rows[sequence];

    /// <summary>Keys of sequence <paramref name="sequence"/>: its first rows.</summary>
    public int Keys(int sequence) => _keys[sequence];

    /// <summary>Where the probabilities [N, rows, keys] of a sequence begin in a packed array of all of them.</summary>
    public long ProbabilityStart(int sequence, int heads) => _probabilityStarts[sequence] * heads;

    /// <summary>The position of each row within its sequence, [R]: 0, 1, …, restarting with each sequence.</summary>
    public int[] Positions()
    {
        var positions = new int[TotalRows];
        for (int b = 0; b < Count; b++)
        {
            for (int i = 0; i < _rows[b]; i++)
            {
                positions[_starts[b] + i] = i;
            }
        }

        return positions;
    }

    /// <summary>The first row of each sequence, [B]: where [CLS] stands.</summary>
    public int[] FirstRows() => _starts[..^1];
}
