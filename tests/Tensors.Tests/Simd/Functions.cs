// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

internal readonly struct ExponentialFunction : IMap
{
    public V Of<V>(V x)
        where V : unmanaged, ISimd<V> => Exponential.Exp(x);
}

internal readonly struct TanhFunction : IMap
{
    public V Of<V>(V x)
        where V : unmanaged, ISimd<V> => HyperbolicTangent.Tanh(x);
}

internal readonly struct CumulativeFunction : IMap
{
    public V Of<V>(V x)
        where V : unmanaged, ISimd<V> => NormalDistribution.Cumulative(x, out _);
}

internal readonly struct DensityFunction : IMap
{
    public V Of<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        _ = NormalDistribution.Cumulative(x, out V density);
        return density;
    }
}
