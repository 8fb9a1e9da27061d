// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>eˣ in float32, the same bits on every width. Error figures: docs/decisions/0004-exp-erf-tanh.md.</summary>
/// <remarks>x = n ln 2 + r with |r| ≤ ln 2 / 2; eʳ by a polynomial; times 2ⁿ, so that results may be denormal.</remarks>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;

    // ln 2 in two parts; the first has nine bits, so that n times it is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    // eˣ rounds to 0 below the one and to infinity from the other on.
    private const float Lowest = -104f;
    private const float Highest = 89f;

    // 1.5 · 2²³: adding it and taking it away rounds to a whole number.
    private const float Rounder = 12582912f;

    /// <summary>eˣ of each lane. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        V r = Remainder(V.Min(V.Broadcast(Highest), V.Max(V.Broadcast(Lowest), x)), out V n);
        return V.TimesPowerOfTwo(NearZero(r), n);
    }

    /// <summary>e to the power of high + low, where low is what rounding took from high.</summary>
    /// <param name="high">From −170 to 89.</param>
    /// <param name="low">Less than a bit of it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfSum<V>(V high, V low)
        where V : unmanaged, ISimd<V>
    {
        V r = Remainder(high, out V n);
        return V.TimesPowerOfTwo(NearZero(r + low), n);
    }

    /// <summary>r = x − n ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Remainder<V>(V x, out V n)
        where V : unmanaged, ISimd<V>
    {
        n = V.FusedMultiplyAdd(x, V.Broadcast(Log2E), V.Broadcast(Rounder)) - V.Broadcast(Rounder);
        V r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2High), x);
        return V.FusedMultiplyAdd(n, V.Broadcast(-Ln2Low), r);
    }

    /// <summary>eʳ for |r| ≤ ln 2 / 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearZero<V>(V r)
        where V : unmanaged, ISimd<V>
    {
        V p = Polynomial.Of(
            r, 0.4999999403953552f, 0.16666515171527863f, 0.041668083518743515f, 0.00836934894323349f, 0.0013840399915352464f);
        return V.FusedMultiplyAdd(p, r * r, r) + V.Broadcast(1f);
    }
}
