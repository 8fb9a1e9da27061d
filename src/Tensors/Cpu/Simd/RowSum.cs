// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Sums along a row in an order that depends on its length and the register width alone.</summary>
internal static unsafe class RowSum
{
    // Floats of a long row that are added in float32 before double takes over.
    private const int Block = 4096;

    /// <summary>Σ f(x[i]) with four accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of<V, TFunction>(in TFunction f, float* x, int length)
        where V : unmanaged, ISimd<V>
        where TFunction : struct, IMap
    {
        // First what does not fill a register: a call behind the loop would cost its sums their registers.
        int rest = length % V.Count, i = 0;
        V last = rest > 0 ? Tail.Keep(f.Of(Tail.Load<V>(x + length - rest, rest)), rest) : V.Zero;
        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
        for (; i <= length - (4 * V.Count); i += 4 * V.Count)
        {
            s0 += f.Of(V.Load(x + i));
            s1 += f.Of(V.Load(x + i + V.Count));
            s2 += f.Of(V.Load(x + i + (2 * V.Count)));
            s3 += f.Of(V.Load(x + i + (3 * V.Count)));
        }

        for (; i <= length - V.Count; i += V.Count)
        {
            s0 += f.Of(V.Load(x + i));
        }

        return V.Sum((s0 + (s1 + last)) + (s2 + s3));
    }

    /// <summary>Σ f(x[i]) of a long row: blocks in float32, their sums in double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double OfBlocks<V, TFunction>(in TFunction f, float* x, int length)
        where V : unmanaged, ISimd<V>
        where TFunction : struct, IMap
    {
        double sum = 0;
        for (int i = 0; i < length; i += Block)
        {
            sum += Of<V, TFunction>(f, x + i, Math.Min(Block, length - i));
        }

        return sum;
    }

    /// <summary>The largest element of a row; NaN is passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Largest<V>(float* x, int length)
        where V : unmanaged, ISimd<V>
    {
        V m0 = V.Broadcast(float.NegativeInfinity), m1 = m0;
        int i = 0;
        for (; i <= length - (2 * V.Count); i += 2 * V.Count)
        {
            m0 = V.Max(V.Load(x + i), m0);
            m1 = V.Max(V.Load(x + i + V.Count), m1);
        }

        for (; i < length; i += V.Count)
        {
            m0 = V.Max(Tail.LoadOr<V>(x + i, Math.Min(V.Count, length - i), float.NegativeInfinity), m0);
        }

        return V.Largest(V.Max(m0, m1));
    }
}
