// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Whole numbers that select rows: token ids, positions, labels. They never have a gradient.</summary>
/// <remarks>They come from the host and stay there; a backend with memory of its own keeps its copy in <see cref="DeviceCopy"/>.</remarks>
/// <param name="values">The numbers. The array is not copied and must not change.</param>
public sealed class IndexTensor(int[] values)
{
    /// <summary>The numbers.</summary>
    public ReadOnlySpan<int> Values => values;

    /// <summary>The numbers as memory, for kernels that run on several threads.</summary>
    public ReadOnlyMemory<int> Memory => values;

    /// <summary>How many there are.</summary>
    public int Length => values.Length;

    /// <summary>What a backend with memory of its own remembers of this tensor.</summary>
    public object? DeviceCopy { get; set; }
}
