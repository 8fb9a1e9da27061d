// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Runs element-wise vector work over a range of elements on all threads.</summary>
internal readonly struct VectorRanges<TWork>(WorkerPool pool, int count, int chunk, TWork work) : ISimdAction
    where TWork : struct, IVectorRangeWork
{
    /// <inheritdoc/>
    public void Invoke<V>()
        where V : unmanaged, ISimd<V> => pool.RunRanges(count, chunk, new Ranges<V>(work));

    private readonly struct Ranges<V>(TWork work) : IRangeWork
        where V : unmanaged, ISimd<V>
    {
        private readonly TWork _work = work;

        public void Run(int start, int end)
        {
            int whole = start + ((end - start) / V.Count * V.Count);
            _work.Run<V>(start, whole);
            _work.Run<Lanes1>(whole, end);
        }
    }
}
