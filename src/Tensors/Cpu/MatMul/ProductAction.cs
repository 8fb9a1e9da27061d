// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix product at the level of a backend.</summary>
internal readonly struct ProductAction(WorkerPool pool, Scratch packed, Product product) : ISimdAction
{
    /// <inheritdoc/>
    public void Invoke<V>()
        where V : unmanaged, ISimd<V> => PooledProduct<V>.Run(pool, packed, product);
}
