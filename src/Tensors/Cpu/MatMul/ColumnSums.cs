// SPDX-License-Identifier: Apache-2.0
using System.Numerics.Tensors;

namespace BertManaged.Tensors;

/// <summary>Sums over the rows of a matrix, some columns a piece: the gradient of a bias.</summary>
/// <remarks>Rows are added in blocks, and then the blocks, so that the error does not grow with the number of rows.</remarks>
internal readonly unsafe struct ColumnSums(float* x, int rows, int columns, float* sums, bool add) : IRangeWork
{
    /// <summary>Columns of a piece.</summary>
    public const int Chunk = 64;

    private const int Block = 64;

    /// <inheritdoc/>
    public void Run(int start, int end)
    {
        Span<float> total = new(sums + start, end - start), block = stackalloc float[end - start];
        if (!add)
        {
            total.Clear();
        }

        for (int first = 0; first < rows; first += Block)
        {
            block.Clear();
            for (int r = first; r < Math.Min(first + Block, rows); r++)
            {
                TensorPrimitives.Add(block, new ReadOnlySpan<float>(x + ((long)r * columns) + start, end - start), block);
            }

            TensorPrimitives.Add(total, block, total);
        }
    }
}
