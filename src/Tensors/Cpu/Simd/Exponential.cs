// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>eˣ in float32.</summary>
internal static class Exponential
{
    private const float Log2E = 1.44269504f;
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>1.5 · 2²³: adding it rounds to a whole number, which then is in the low bits.</summary>
    private const float Rounder = 12582912f;

    /// <summary>eˣ of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        x = V.Min(V.Broadcast(89f), V.Max(V.Broadcast(-104f), x));
        V shifted = V.FusedMultiplyAdd(x, V.Broadcast(Log2E), V.Broadcast(Rounder));
        V n = shifted - V.Broadcast(Rounder);
        V r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2High), x);
        r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2Low), r);
        V p = V.Broadcast(1f / 5040f);
        p = V.FusedMultiplyAdd(p, r, V.Broadcast(1f / 720f));
        p = V.FusedMultiplyAdd(p, r, V.Broadcast(1f / 120f));
        p = V.FusedMultiplyAdd(p, r, V.Broadcast(1f / 24f));
        p = V.FusedMultiplyAdd(p, r, V.Broadcast(1f / 6f));
        p = V.FusedMultiplyAdd(p, r, V.Broadcast(0.5f));
        p = V.FusedMultiplyAdd(p, r * r, r) + V.Broadcast(1f);
        V half = V.ShiftRight(V.ShiftLeft(shifted, 9), 10);
        V whole = V.ShiftRight(V.ShiftLeft(shifted, 9), 9);
        return p * PowerOfTwo(half) * PowerOfTwo(V.SubtractBits(whole, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PowerOfTwo<V>(V exponent)
        where V : unmanaged, ISimd<V> => V.ShiftLeft(V.AddBits(exponent, V.Bits(127)), 23);
}
