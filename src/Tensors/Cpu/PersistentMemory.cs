// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The memory of parameters, gradients and moments: slabs that are filled one after another and given back all together.</summary>
/// <remarks>A parameter has some kilobytes to some megabytes. Alone it would lie, wholly or with its end, on pages of 4 KiB; within
/// a slab it lies on large ones. What a slab has left when the next tensor does not fit is never touched, and Linux does not provide it
/// but for the rest of a large page; Windows counts it as promised.</remarks>
internal sealed class PersistentMemory
{
    /// <summary>Floats of a slab: 64 MiB.</summary>
    private const long SlabLength = 1 << 24;

    private readonly List<CpuStorage> _blocks = [];
    private CpuStorage? _slab;
    private long _used;

    /// <summary>Memory for <paramref name="length"/> elements, of undefined content.</summary>
    public (CpuStorage Storage, long Offset) Take(long length)
    {
        long rounded = CpuStorage.RoundUp(Math.Max(length, 1));
        if (rounded > SlabLength / 2)
        {
            return (Add(rounded), 0);
        }

        if (_slab is null || _used + rounded > SlabLength)
        {
            (_slab, _used) = (Add(SlabLength), 0);
        }

        long offset = _used;
        _used += rounded;
        return (_slab, offset);
    }

    /// <summary>Gives all memory back.</summary>
    public void Free()
    {
        _blocks.ForEach(block => block.Free());
        _blocks.Clear();
        _slab = null;
    }

    private CpuStorage Add(long length)
    {
        var block = new CpuStorage(length);
        _blocks.Add(block);
        return block;
    }
}
