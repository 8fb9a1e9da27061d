// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Where the largest number of each row is: the number first, then its place while the row is in the cache.</summary>
/// <param name="x">[R, C].</param>
/// <param name="width">C.</param>
/// <param name="columns">Destination, [R].</param>
internal readonly unsafe struct ArgMaxRows(float* x, int width, int* columns) : IRangeKernel
{
    /// <inheritdoc/>
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        for (int r = start; r < end; r++)
        {
            float* row = x + ((long)r * width);
            columns[r] = Math.Max(0, new ReadOnlySpan<float>(row, width).IndexOf(RowSum.Largest<V>(row, width)));
        }
    }
}
