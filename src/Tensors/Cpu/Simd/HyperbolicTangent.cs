// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>tanh in float32, the same bits on every width. Error figures: docs/decisions/0004-exp-erf-tanh.md.</summary>
/// <remarks>Near 0 an odd polynomial, so that small results have all their digits; elsewhere 1 − 2 / (e²ˣ + 1).</remarks>
internal static class HyperbolicTangent
{
    private const float Edge = 0.85f;

    /// <summary>tanh of each lane. It is odd to the last bit; NaN stays NaN, −0 stays −0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        V a = V.Abs(x), sign = x & V.Bits(0x80000000), one = V.Broadcast(1f);
        V exponential = Exponential.Exp(a + a);
        V far = one - (V.Broadcast(2f) / (exponential + one));
        return V.Select(V.LessThan(a, V.Broadcast(Edge)), NearZero(a), far) | sign;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V NearZero<V>(V a)
        where V : unmanaged, ISimd<V>
    {
        V u = a * a;
        V p = Polynomial.Of(
            u, -0.3333326578140259f, 0.13331478834152222f, -0.05379640311002731f, 0.021120887249708176f,
            -0.007142527494579554f, 0.0014400205109268427f);
        return V.FusedMultiplyAdd(a * u, p, a);
    }
}
