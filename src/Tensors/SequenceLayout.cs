// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Where each sequence of a packed batch begins: B sequences, R rows in all, no padding and no mask.</summary>
/// <remarks>A sequence has two lengths: its rows, and how many of them (the first ones) are keys that attention looks at.
/// They differ only where parity with a padded reference is asked for: the further rows then look at the real tokens and
/// nobody looks at them. Besides, not all rows need to ask: those that do are its queries, see <see cref="WithQueries"/>.</remarks>
public sealed class SequenceLayout
{
    private readonly int[] _starts, _rows, _keys, _queryStarts;
    private readonly long[] _probabilityStarts;
    private readonly SequenceLayout _full;

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

        (_queryStarts, _full) = (_starts, this);
    }

    private SequenceLayout(SequenceLayout full, IndexTensor queryRows, int[] queryStarts)
    {
        (_full, _starts, _rows, _keys) = (full, full._starts, full._rows, full._keys);
        (QueryRows, _queryStarts, LongestKeys) = (queryRows, queryStarts, full.LongestKeys);
        _probabilityStarts = new long[Count + 1];
        for (int b = 0; b < Count; b++)
        {
            _probabilityStarts[b + 1] = _probabilityStarts[b] + ((long)Queries(b) * _keys[b]);
        }
    }

    /// <summary>Number of sequences, B.</summary>
    public int Count => _rows.Length;

    /// <summary>Number of rows of all sequences, R.</summary>
    public int TotalRows => _starts[^1];

    /// <summary>The largest number of keys of a sequence.</summary>
    public int LongestKeys { get; }

    /// <summary>The packed rows that ask; null for all.</summary>
    public IndexTensor? QueryRows { get; }

    /// <summary>Number of rows that ask, of all sequences.</summary>
    public int TotalQueries => _queryStarts[^1];

    /// <summary>Attention probabilities of one head over all sequences: the sum of queries times keys.</summary>
    public long ProbabilitiesPerHead => _probabilityStarts[^1];

    /// <summary>What a backend with memory of its own remembers of this layout.</summary>
    public object? DeviceCopy { get; set; }

    /// <summary>First row of sequence <paramref name="sequence"/>.</summary>
    public int Start(int sequence) => _starts[sequence];

    /// <summary>Rows of sequence <paramref name="sequence"/>.</summary>
    public int Rows(int sequence) => _rows[sequence];

    /// <summary>Keys of sequence <paramref name="sequence"/>: its first rows.</summary>
    public int Keys(int sequence) => _keys[sequence];

    /// <summary>First query of sequence <paramref name="sequence"/> among the queries of all.</summary>
    public int QueryStart(int sequence) => _queryStarts[sequence];

    /// <summary>How many rows of sequence <paramref name="sequence"/> ask.</summary>
    public int Queries(int sequence) => _queryStarts[sequence + 1] - _queryStarts[sequence];

    /// <summary>Where the probabilities [N, queries, keys] of a sequence begin in a packed array of all of them.</summary>
    public long ProbabilityStart(int sequence, int heads) => _probabilityStarts[sequence] * heads;

    /// <summary>The number of the first probability of a query, counted as if all rows asked: what dropout draws by.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="heads">N.</param>
    /// <param name="head">In [0, N).</param>
    /// <param name="query">Among those of the sequence.</param>
    public long ProbabilityNumber(int sequence, int heads, int head, int query)
    {
        int row = QueryRows is null ? query : QueryRows.Values[_queryStarts[sequence] + query] - _starts[sequence];
        return _full.ProbabilityStart(sequence, heads) + (((long)head * _rows[sequence]) + row) * _keys[sequence];
    }

    /// <summary>The same sequences, of which all rows ask.</summary>
    public SequenceLayout WithAllQueries() => _full;

    /// <summary>The same sequences, of which only some rows ask. Attention computes those alone, over all keys.</summary>
    /// <param name="rows">Packed rows in ascending order, at least one of each sequence.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public SequenceLayout WithQueries(IndexTensor rows)
    {
        var starts = new int[Count + 1];
        for (int q = 0, b = 0; q < rows.Length; q++)
        {
            int row = rows.Values[q];
            for (; b < Count && row >= _starts[b + 1]; b++)
            {
            }

            if (b == Count || row < _starts[b] || (q > 0 && row <= rows.Values[q - 1]))
            {
                throw new ArgumentException($"query {q} is row {row}; expected ascending numbers in [0, {TotalRows})", nameof(rows));
            }

            starts[b + 1]++;
        }

        for (int b = 0; b < Count; b++)
        {
            starts[b + 1] = starts[b + 1] > 0
                ? starts[b] + starts[b + 1]
                : throw new ArgumentException($"sequence {b} has no row that asks; expected at least one of each", nameof(rows));
        }

        return new SequenceLayout(_full, rows, starts);
    }

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
