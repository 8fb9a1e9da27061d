// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Which parts of a line of addresses, from 0 on and without an end, are in use. It knows numbers, no memory.</summary>
/// <remarks>A request gets the smallest hole that holds it, or else what lies behind everything in use. So the same requests and
/// returns lead to the same addresses, whatever memory there is.</remarks>
internal sealed class AddressLine
{
    // Sorted; no two touch each other and none touches the end: neighbours are one hole.
    private readonly List<Hole> _holes = [];

    /// <summary>The first address behind everything in use.</summary>
    public long End { get; private set; }

    /// <summary>The largest <see cref="End"/> since <see cref="Clear"/>.</summary>
    public long HighWater { get; private set; }

    /// <summary>The first of <paramref name="length"/> addresses that are now in use.</summary>
    public long Take(long length)
    {
        int best = SmallestHoleFor(length);
        if (best < 0)
        {
            End += length;
            HighWater = Math.Max(HighWater, End);
            return End - length;
        }

        Hole hole = _holes[best];
        if (hole.Length == length)
        {
            _holes.RemoveAt(best);
        }
        else
        {
            _holes[best] = new Hole(hole.Start + length, hole.Length - length);
        }

        return hole.Start;
    }

    /// <summary>Ends the use of addresses.</summary>
    /// <exception cref="InvalidOperationException">They are not in use.</exception>
    public void Return(long start, long length)
    {
        if (length == 0)
        {
            return;
        }

        int next = FirstHoleFrom(start);
        long before = next == 0 ? 0 : _holes[next - 1].End, after = next == _holes.Count ? End : _holes[next].Start;
        if (start < before || start + length > after)
        {
            throw new InvalidOperationException($"step memory from {start} to {start + length} is not in use: it was released before");
        }

        Merge(next, new Hole(start, length));
    }

    /// <summary>Nothing is in use.</summary>
    public void Clear()
    {
        _holes.Clear();
        (End, HighWater) = (0, 0);
    }

    /// <summary>Adds a hole, together with those that it touches.</summary>
    private void Merge(int next, Hole hole)
    {
        if (next < _holes.Count && _holes[next].Start == hole.End)
        {
            hole = new Hole(hole.Start, hole.Length + _holes[next].Length);
            _holes.RemoveAt(next);
        }

        if (next > 0 && _holes[next - 1].End == hole.Start)
        {
            hole = new Hole(_holes[next - 1].Start, _holes[next - 1].Length + hole.Length);
            _holes.RemoveAt(--next);
        }

        if (hole.End == End)
        {
            End = hole.Start;
        }
        else
        {
            _holes.Insert(next, hole);
        }
    }

    private int SmallestHoleFor(long length)
    {
        int best = -1;
        for (int i = 0; i < _holes.Count; i++)
        {
            if (_holes[i].Length >= length && (best < 0 || _holes[i].Length < _holes[best].Length))
            {
                best = i;
            }
        }

        return best;
    }

    private int FirstHoleFrom(long start)
    {
        int low = 0, high = _holes.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _holes[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private readonly record struct Hole(long Start, long Length)
    {
        public long End => Start + Length;
    }
}
