// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix product in the way that fits its number of rows. The bits do not depend on the way.</summary>
internal readonly struct ProductAction(WorkerPool pool, Scratch shared, Product product) : ISimdAction
{
    /// <inheritdoc/>
    public void Invoke<V>()
        where V : unmanaged, ISimd<V>
    {
        if (FewRowsProduct<V>.Fits(product))
        {
            FewRowsProduct<V>.Run(pool, shared, product);
        }
        else
        {
            PooledProduct<V>.Run(pool, product);
        }
    }
}
