// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Whole numbers that select rows: token ids, positions, labels. They never have a gradient.</summary>
/// <remarks>They come from the host and stay there; a backend with memory of its own keeps its copy in <see cref="DeviceCopy"/>.</remarks>
/// <param name="values">The numbers, and maybe more behind them. The array is not copied; the numbers must not change as long as the
/// tensor is used.</param>
/// <param name="length">How many of them belong to the tensor.</param>
public sealed class IndexTensor(int[] values, int length)
{
    /// <summary>All numbers of an array.</summary>
    public IndexTensor(int[] values)
        : this(values, values.Length)
    {
    }

    /// <summary>The numbers.</summary>
    public ReadOnlySpan<int> Values => values.AsSpan(0, length);

    /// <summary>The numbers as memory, for kernels that run on several threads.</summary>
    public ReadOnlyMemory<int> Memory => values.AsMemory(0, length);

    /// <summary>How many there are.</summary>
    public int Length => length;

    /// <summary>What a backend with memory of its own remembers of this tensor.</summary>
    public object? DeviceCopy { get; set; }
}
