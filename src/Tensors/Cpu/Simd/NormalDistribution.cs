// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Φ(x) = ½ (1 + erf(x/√2)) and its derivative in float32, the same bits on every width. Error figures:
/// docs/decisions/0004-exp-erf-tanh.md.</summary>
/// <remarks>For |x| ≤ 1, ½ plus an odd polynomial. Farther out, Φ(−|x|) is the density times Mills' ratio, a ratio of polynomials; so the
/// lower tail keeps its relative accuracy, where 1 + erf would lose all digits.</remarks>
internal static class NormalDistribution
{
    // Φ(−15) and all beyond round to 0.
    private const float Farthest = 15f;
    private const float ReciprocalRootTwoPi = 0.3989422804f;

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

        V tail = exponential * Numerator(a) / Denominator(a);
        V far = V.Select(V.LessThan(x, V.Zero), tail, one - tail);
        return V.Select(V.GreaterThan(one, a), Centre(x, square), far);
    }

    /// <summary>Φ(x) for |x| ≤ 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Centre<V>(V x, V square)
        where V : unmanaged, ISimd<V>
    {
        V p = Polynomial.Of(
            square, 0.3989422917366028f, -0.066490538418293f, 0.0099741630256176f, -0.0011880203383043408f,
            0.0001150196767412126f, -8.170057299139444e-06f);
        return V.FusedMultiplyAdd(x, p, V.Broadcast(0.5f));
    }

    // Numerator(a) / Denominator(a) = Φ(−a) · exp(a²/2) for 1 ≤ a ≤ 15. All coefficients are positive: nothing cancels.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Numerator<V>(V a)
        where V : unmanaged, ISimd<V> => Polynomial.Of(
            a, 0.5000166893005371f, 0.47611504793167114f, 0.2143395096063614f, 0.0520021915435791f, 0.0061696982011199f);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Denominator<V>(V a)
        where V : unmanaged, ISimd<V> => Polynomial.Of(
            a, 1f, 1.750309944152832f, 1.3246906995773315f, 0.5526788830757141f, 0.1303521692752838f, 0.015465108677744865f);
}
