// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>Asks for memory before it is needed. Any address is allowed: a wrong one costs time and no more.</summary>
internal static unsafe class Prefetch
{
    /// <summary>The cache line of a float.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }

    /// <summary>The cache line of a float, into the second-level cache: what is needed later than the first level could keep it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ToSecondLevel(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(address);
        }
    }

    /// <summary>The cache lines of floats that follow each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Floats(float* first, int count)
    {
        for (int i = 0; i < count; i += CpuStorage.Line)
        {
            Line(first + i);
        }
    }
}
