// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A kernel as work for the pool, at the level of a backend.</summary>
internal readonly struct AtLevel<TKernel>(SimdLevel level, TKernel kernel) : IRangeWork
    where TKernel : struct, IRangeKernel
{
    private readonly TKernel _kernel = kernel;

    /// <inheritdoc/>
    public void Run(int start, int end) => Simd.Run(level, new Range(_kernel, start, end));

    private readonly struct Range(TKernel kernel, int start, int end) : ISimdAction
    {
        private readonly TKernel _kernel = kernel;

        public void Invoke<V>()
            where V : unmanaged, ISimd<V> => _kernel.Run<V>(start, end);
    }
}
