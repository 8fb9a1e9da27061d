// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Adds up, block after block, the vectors that the blocks of rows have left: the gradient of a weight that all rows
/// share.</summary>
/// <param name="partials">The first block's vector.</param>
/// <param name="blocks">Number of blocks.</param>
/// <param name="stride">Floats from one block's vector to the next one's.</param>
/// <param name="sum">Destination.</param>
/// <param name="add">Whether to add to the destination.</param>
internal readonly unsafe struct BlockSum(float* partials, int blocks, int stride, float* sum, bool add) : IRangeKernel
{
    /// <summary>Columns of a piece.</summary>
    public const int Chunk = 256;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        for (int i = start; i < end; i += V.Count)
        {
            int count = Math.Min(V.Count, end - i);
            V total = V.Zero;
            for (int block = 0; block < blocks; block++)
            {
                float* partial = partials + ((long)block * stride) + i;
                total += count == V.Count ? V.Load(partial) : Tail.Load<V>(partial, count);
            }

            Tail.Store(add ? total + Tail.Load<V>(sum + i, count) : total, sum + i, count);
        }
    }
}
