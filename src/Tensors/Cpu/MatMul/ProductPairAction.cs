// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Two products. The bits are those of one after the other.</summary>
internal readonly struct ProductPairAction(WorkerPool pool, Scratch shared, Product first, Product second) : ISimdAction
{
    /// <inheritdoc/>
    public void Invoke<V>()
        where V : unmanaged, ISimd<V>
    {
        if (FewRowsProduct<V>.Fits(first) || FewRowsProduct<V>.Fits(second))
        {
            new ProductAction(pool, shared, first).Invoke<V>();
            new ProductAction(pool, shared, second).Invoke<V>();
        }
        else
        {
            PooledProduct<V>.RunBoth(pool, first, second);
        }
    }
}
