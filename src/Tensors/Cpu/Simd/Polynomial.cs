// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Polynomials by Horner's rule, one fused multiply-add a coefficient.</summary>
internal static class Polynomial
{
    /// <summary>c₀ + c₁x + … + c₄x⁴.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, float c0, float c1, float c2, float c3, float c4)
        where V : unmanaged, ISimd<V>
    {
        V p = V.FusedMultiplyAdd(V.Broadcast(c4), x, V.Broadcast(c3));
        p = V.FusedMultiplyAdd(p, x, V.Broadcast(c2));
        p = V.FusedMultiplyAdd(p, x, V.Broadcast(c1));
        return V.FusedMultiplyAdd(p, x, V.Broadcast(c0));
    }

    /// <summary>c₀ + c₁x + … + c₅x⁵.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<V>(V x, float c0, float c1, float c2, float c3, float c4, float c5)
        where V : unmanaged, ISimd<V> => V.FusedMultiplyAdd(Of(x, c1, c2, c3, c4, c5), x, V.Broadcast(c0));
}
