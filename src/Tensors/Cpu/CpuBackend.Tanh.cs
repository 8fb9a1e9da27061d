// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void Tanh(Tensor x, Tensor y) => RunMap(default(TanhFunction), x, y);

    /// <inheritdoc/>
    public void TanhBackward(Tensor y, Tensor dY, GradientTarget dX) => RunMap(default(TanhGradient), y, dY, dX);

    private readonly struct TanhFunction : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V> => HyperbolicTangent.Tanh(x);
    }

    private readonly struct TanhGradient : IPairMap
    {
        // The fused form rounds 1 − y² once: no digits are lost where y is near 1.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V y, V dY)
            where V : unmanaged, ISimd<V> => dY * V.FusedMultiplyAdd(-y, y, V.Broadcast(1f));
    }
}
