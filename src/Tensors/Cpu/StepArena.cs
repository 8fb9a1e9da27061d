// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The memory of a step: a slab whose parts are handed out, taken back, and handed out again, until the step is over.</summary>
/// <remarks>Where a tensor lies is decided on a line of addresses without an end; the slab is its beginning. What lies beyond the slab
/// gets memory of its own in this step. When the step is over the slab grows to the largest address that was in use, so that the
/// same step finds all of its memory there, and after the largest step nothing is allocated any more.</remarks>
internal sealed class StepArena
{
    private const long SmallestSlab = 1 << 18;

#if DEBUG
    private static readonly bool PoisonsByDefault = true;
#else
    private static readonly bool PoisonsByDefault = Environment.GetEnvironmentVariable("BERTMANAGED_POISON") == "1";
#endif

    private readonly AddressLine _line = new();
    private readonly List<CpuStorage> _beyond = [];
    private CpuStorage? _slab;

    /// <summary>Whether memory is NaN when it is handed out: who reads a tensor of the last step, one that was released, or one that
    /// nobody wrote, shall notice.</summary>
    public bool Poisons { get; set; } = PoisonsByDefault;

    /// <summary>Bytes held: the slab, and what lies beyond it.</summary>
    public long Bytes { get; private set; }

    /// <summary>Where a tensor of <paramref name="length"/> elements lies.</summary>
    public (CpuStorage Storage, long Offset) Take(long length)
    {
        _slab ??= Add(SmallestSlab, lineStart: 0);
        long rounded = CpuStorage.RoundUp(length), start = _line.Take(rounded);
        if (start + rounded <= _slab.Length)
        {
            return (_slab, start);
        }

        _beyond.Add(Add(rounded, start));
        return (_beyond[^1], 0);
    }

    /// <summary>Takes back what <see cref="Take"/> handed out in this step.</summary>
    /// <exception cref="InvalidOperationException">It did not, or took it back before.</exception>
    public void Return(CpuStorage storage, long offset, long length)
    {
        bool isBeyond = storage != _slab;
        if (isBeyond && !_beyond.Remove(storage))
        {
            throw new InvalidOperationException("a tensor to release is no step memory, or was released before");
        }

        long rounded = CpuStorage.RoundUp(length);
        _line.Return(storage.LineStart + offset, rounded);
        if (isBeyond)
        {
            Remove(storage);
        }
        else if (Poisons)
        {
            storage.Poison(offset, rounded);
        }
    }

    /// <summary>Takes everything back.</summary>
    public void Rewind()
    {
        long needed = _line.HighWater;
        if (_slab is not null && needed > _slab.Length)
        {
            Free();
            _slab = Add(needed, lineStart: 0);
        }
        else if (Poisons)
        {
            _slab?.Poison(0, _slab.Length);
        }

        _line.Clear();
    }

    /// <summary>Gives all memory back.</summary>
    public void Free()
    {
        foreach (CpuStorage storage in _beyond)
        {
            Remove(storage);
        }

        if (_slab is not null)
        {
            Remove(_slab);
        }

        _beyond.Clear();
        _slab = null;
        _line.Clear();
    }

    private CpuStorage Add(long length, long lineStart)
    {
        var storage = new CpuStorage(length) { LineStart = lineStart };
        Bytes += length * sizeof(float);
        if (Poisons)
        {
            storage.Poison(0, length);
        }

        return storage;
    }

    private void Remove(CpuStorage storage)
    {
        Bytes -= storage.Length * sizeof(float);
        storage.Free();
    }
}
