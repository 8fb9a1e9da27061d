// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Float32 memory outside of the managed heap, aligned to a cache line, so that pointers into it stay valid for all
/// threads and a vector never crosses a line without need.</summary>
internal sealed unsafe class CpuStorage(long length) : Storage(length)
{
    /// <summary>Bytes of a cache line, and of the widest vector.</summary>
    public const int Alignment = 64;

    /// <summary>Floats of a cache line: what lengths are rounded up to.</summary>
    public const int Line = Alignment / sizeof(float);

    private float* _memory = (float*)AlignedMemory.Allocate((nuint)Math.Max(length, Line) * sizeof(float), Alignment);

    /// <summary>Its first address on the line of the step's memory; without meaning elsewhere.</summary>
    public long LineStart { get; init; }

    /// <summary>The first element.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back: the backend is disposed, or this was step memory.</exception>
    public float* Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            return _memory;
        }
    }

    /// <summary>The smallest multiple of a cache line that holds <paramref name="length"/> elements.</summary>
    public static long RoundUp(long length) => (length + Line - 1) / Line * Line;

    /// <summary>Makes elements NaN.</summary>
    public void Poison(long offset, long length)
    {
        for (long start = offset, end = offset + length; start < end; start += 1 << 30)
        {
            new Span<float>(Memory + start, (int)Math.Min(1 << 30, end - start)).Fill(float.NaN);
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        AlignedMemory.Free(_memory);
        _memory = null;
    }
}
