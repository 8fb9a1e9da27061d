// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BertManaged.Text.WordPieces;

/// <summary>Appends ids to a list by writing into its memory; allocates only when the list is full.</summary>
internal ref struct IdSink : ITokenSink
{
    private readonly List<int> _list;
    private readonly int _initialCount;
    private Span<int> _ids;
    private int _count;

    public IdSink(List<int> list)
    {
        _list = list;
        _initialCount = _count = list.Count;
        UseWholeCapacity();
    }

    public readonly int Count => _count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int id, int start, int end)
    {
        if ((uint)_count >= (uint)_ids.Length)
        {
            Grow();
        }

        _ids[_count++] = id;
    }

    public void Truncate(int count) => _count = count;

    /// <summary>Gives the list its true length.</summary>
    public readonly void Finish() => CollectionsMarshal.SetCount(_list, _count);

    /// <summary>Leaves the list as it was found.</summary>
    public readonly void Undo() => CollectionsMarshal.SetCount(_list, _initialCount);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        _list.EnsureCapacity(_count + 1);
        UseWholeCapacity();
    }

    private void UseWholeCapacity()
    {
        CollectionsMarshal.SetCount(_list, _list.Capacity);
        _ids = CollectionsMarshal.AsSpan(_list);
    }
}
