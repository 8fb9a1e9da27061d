// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Φ(x) = ½ (1 + erf(x/√2)) and its derivative in float32, the same bits on every width. Error figures:
/// docs/decisions/0004-exp-erf-tanh.md.</summary>
/// <remarks>For |x| ≤ 1, ½ plus an odd polynomial. Farther out, Φ(−|x|) is the density times Mills' ratio, which is smooth; so the
/// lower tail keeps its relative accuracy, where 1 + erf would lose all digits.</remarks>
internal static class NormalDistribution
{
    // Φ(−15) and all beyond round to 0.
    private const float Farthest = 15f;
    private const float ReciprocalRootTwoPi = 0.3989422804f;
    private const float Pole = 2.5f;

    /// <summary>Φ of each lane. NaN stays NaN.</summary>
    /// <param name="x">Any value.</param>
    /// <param name="density">Φ′(x) = exp(−x²/2) / √(2π).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cumulative<V>(V x, out V density)
        where V : unmanaged, ISimd<V>
    {
        V a = V.Min(V.Broadcast(Farthest), V.Abs(x)), one = V.Broadcast(1f), minusHalf = V.Broadcast(-0.5f);
        V square = a * a;
        V rest = V.FusedMultiplyAdd(a, a, -square);
        V exponential = Exponential.ExpOfSum(minusHalf * square, minusHalf * rest);
        density = exponential * V.Broadcast(ReciprocalRootTwoPi);

        V tail = exponential * Tail(a);
        V far = V.Select(V.LessThan(x, V.Zero), tail, one - tail);
        return V.Select(V.GreaterThan(one, a), Centre(x, square), far);
    }

    /// <summary>Φ(x) for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Centre<V>(V x, V square)
        where V : unmanaged, ISimd<V>
    {
        V p = Polynomial.Of(
            square, 0.3989422917366028f, -0.066490538418293f, 0.0099741630256176f, -0.0011880203383043408f, 0.0001150196767412126f, -8.170057299139444e-06f);
        return V.FusedMultiplyAdd(x, p, V.Broadcast(0.5f));
    }

    /// <summary>Φ(−a) · exp(a²/2) for a ≥ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Tail<V>(V a)
        where V : unmanaged, ISimd<V>
    {
        V t = V.Broadcast(Pole) / (a + V.Broadcast(Pole));
        V q = V.FusedMultiplyAdd(t, V.Broadcast(-2f), V.Broadcast(1f));
        V p = Polynomial.Of(
            q, 0.28266265988349915f, -0.17347685992717743f, 0.05279525741934776f, 0.0036955615505576134f, -0.006562533788383007f,
            -0.0006447348860092461f, 0.0010545940604060888f, 0.0002588652423582971f, -0.00020342740754131228f);
        return t * p;
    }
}
