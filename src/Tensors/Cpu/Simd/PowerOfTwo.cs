// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Powers of two made of their bits, where no instruction makes them.</summary>
internal static class PowerOfTwo
{
    /// <summary>value · 2ⁿ in two factors, so that only the second one rounds, where the result is denormal.</summary>
    /// <param name="value">From ½ to 2.</param>
    /// <param name="bits">n as a 32-bit integer, from −250 to 254.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Times<V>(V value, V bits)
        where V : unmanaged, ISimd<V>
    {
        V half = V.ShiftRight(bits, 1);
        return value * Of(half) * Of(V.SubtractBits(bits, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Of<V>(V bits)
        where V : unmanaged, ISimd<V> => V.ShiftLeft(V.AddBits(bits, V.Bits(127)), 23);
}
