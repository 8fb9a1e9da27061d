// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void Gelu(Tensor x, GeluForm form, Tensor y)
    {
        if (form == GeluForm.Erf)
        {
            RunMap(default(GeluErf), x, y);
        }
        else
        {
            RunMap(default(GeluTanh), x, y);
        }
    }

    /// <inheritdoc/>
    public void GeluBackward(Tensor x, GeluForm form, Tensor dY, GradientTarget dX)
    {
        if (form == GeluForm.Erf)
        {
            RunMap(default(GeluErf), x, dY, dX);
        }
        else
        {
            RunMap(default(GeluTanh), x, dY, dX);
        }
    }

    // y = x Φ(x), y′ = Φ(x) + x φ(x).
    private readonly struct GeluErf : IMap, IPairMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V> => x * NormalDistribution.Cumulative(x, out _);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x, V dY)
            where V : unmanaged, ISimd<V>
        {
            V cumulative = NormalDistribution.Cumulative(x, out V density);
            return dY * V.FusedMultiplyAdd(x, density, cumulative);
        }
    }

    // ½ (1 + tanh u) = 1 / (1 + e⁻²ᵘ) = s. y = x s, y′ = s + 2 x s (1 − s) u′. The exponential is that of −|2u|, so that
    // it cannot overflow and the smaller of s and 1 − s keeps its digits.
    private readonly struct GeluTanh : IMap, IPairMap
    {
        private const float TwoRootTwoOverPi = 1.5957691216f;
        private const float Cubic = 0.044715f;

        // e⁻²ᵘ of it rounds to 0.
        private const float Farthest = 12f;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V>
        {
            Sigmoid(x, out _, out V larger, out V smaller);
            return x * V.Select(V.LessThan(x, V.Zero), smaller, larger);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x, V dY)
            where V : unmanaged, ISimd<V>
        {
            Sigmoid(x, out V square, out V larger, out V smaller);
            V slope = V.FusedMultiplyAdd(square, V.Broadcast(3 * Cubic * TwoRootTwoOverPi), V.Broadcast(TwoRootTwoOverPi));
            V s = V.Select(V.LessThan(x, V.Zero), smaller, larger);
            return dY * V.FusedMultiplyAdd(x, slope * (larger * smaller), s);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Sigmoid<V>(V x, out V square, out V larger, out V smaller)
            where V : unmanaged, ISimd<V>
        {
            V a = V.Min(V.Broadcast(Farthest), V.Abs(x)), one = V.Broadcast(1f);
            square = a * a;
            V twoU = a * V.FusedMultiplyAdd(square, V.Broadcast(Cubic * TwoRootTwoOverPi), V.Broadcast(TwoRootTwoOverPi));
            V exponential = Exponential.Exp(-twoU);
            larger = one / (one + exponential);
            smaller = exponential * larger;
        }
    }
}
