// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace BertManaged.Training;

/// <summary>A list that grows by blocks of one size: what is in it is never copied, and no more than a block is reserved ahead.</summary>
/// <param name="blockLength">Items of a block, a power of two.</param>
internal sealed class BlockList<T>(int blockLength)
{
    private readonly List<T[]> _blocks = [];
    private readonly int _bits = BitOperations.Log2((uint)blockLength);
    private long _count;

    /// <summary>How many items there are, those that were skipped included.</summary>
    public long Count => _count;

    /// <summary>An item.</summary>
    public ref readonly T this[long index] => ref _blocks[(int)(index >> _bits)][(int)(index & (blockLength - 1))];

    /// <summary>Appends an item.</summary>
    public void Add(in T item)
    {
        if (_count == (long)_blocks.Count << _bits)
        {
            _blocks.Add(new T[blockLength]);
        }

        _blocks[^1][(int)(_count++ & (blockLength - 1))] = item;
    }

    /// <summary>Appends items that stay side by side, at most a block of them; the rest of a block where they do not fit is
    /// skipped.</summary>
    /// <returns>Where the first of them is.</returns>
    public long AddRange(ReadOnlySpan<T> items)
    {
        if (items.IsEmpty)
        {
            return _count;
        }

        long room = ((long)_blocks.Count << _bits) - _count;
        if (items.Length > room)
        {
            _count += room;
            _blocks.Add(new T[blockLength]);
        }

        long first = _count;
        items.CopyTo(_blocks[^1].AsSpan((int)(first & (blockLength - 1))));
        _count += items.Length;
        return first;
    }

    /// <summary>Items that <see cref="AddRange"/> put side by side.</summary>
    public ReadOnlySpan<T> Range(long first, int length) => length == 0
        ? []
        : _blocks[(int)(first >> _bits)].AsSpan((int)(first & (blockLength - 1)), length);
}
