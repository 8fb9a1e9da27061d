// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void Relu(Tensor x, Tensor y) => RunMap(default(Rectifier), x, y);

    /// <inheritdoc/>
    public void ReluBackward(Tensor x, Tensor dY, GradientTarget dX) => RunMap(default(RectifierGradient), x, dY, dX);

    private readonly struct Rectifier : IMap
    {
        // NaN stays NaN; adding 0 turns −0 into 0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V> => V.Max(V.Zero, x) + V.Zero;
    }

    private readonly struct RectifierGradient : IPairMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x, V dY)
            where V : unmanaged, ISimd<V> => V.GreaterThan(x, V.Zero) & dY;
    }
}
