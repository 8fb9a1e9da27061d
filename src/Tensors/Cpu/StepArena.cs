// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The memory of a step: a slab handed out by moving a pointer and rewound when the step is over.</summary>
/// <remarks>A step that needs more gets further slabs; the next rewind merges them into one, so that after the largest step
/// nothing is allocated any more.</remarks>
internal sealed class StepArena
{
    private const long SmallestSlab = 1 << 18;

#if DEBUG
    private static readonly bool PoisonsByDefault = true;
#else
    private static readonly bool PoisonsByDefault = Environment.GetEnvironmentVariable("BERTMANAGED_POISON") == "1";
#endif

    private readonly List<CpuStorage> _slabs = [];
    private long _used;

    /// <summary>Whether memory is NaN when it is handed out: who reads a tensor of the last step, or one that nobody wrote, shall
    /// notice.</summary>
    public bool Poisons { get; set; } = PoisonsByDefault;

    /// <summary>Bytes of all slabs.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where a tensor of <paramref name="length"/> elements lies.</summary>
    public (CpuStorage Slab, long Offset) Take(long length)
    {
        long rounded = CpuStorage.RoundUp(length);
        if (_slabs.Count == 0 || _used + rounded > _slabs[^1].Length)
        {
            // Half of what there is, so that a growing step meets few slabs.
            AddSlab(Math.Max(rounded, Math.Max(SmallestSlab, Bytes / sizeof(float) / 2)));
        }

        long offset = _used;
        _used += rounded;
        return (_slabs[^1], offset);
    }

    /// <summary>Takes everything back.</summary>
    public void Rewind()
    {
        if (_slabs.Count > 1)
        {
            long length = Bytes / sizeof(float);
            Free();
            AddSlab(length);
        }
        else if (_slabs.Count == 1)
        {
            PoisonIfAsked(_slabs[0]);
        }

        _used = 0;
    }

    /// <summary>Gives all memory back.</summary>
    public void Free()
    {
        foreach (CpuStorage slab in _slabs)
        {
            slab.Free();
        }

        _slabs.Clear();
        (_used, Bytes) = (0, 0);
    }

    private void AddSlab(long length)
    {
        _slabs.Add(new CpuStorage(CpuStorage.RoundUp(length)));
        PoisonIfAsked(_slabs[^1]);
        Bytes += _slabs[^1].Length * sizeof(float);
        _used = 0;
    }

    private void PoisonIfAsked(CpuStorage slab)
    {
        if (Poisons)
        {
            slab.Poison();
        }
    }
}
