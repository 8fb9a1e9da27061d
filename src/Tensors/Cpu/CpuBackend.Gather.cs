// SPDX-License-Identifier: Apache-2.0
using System.Numerics.Tensors;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <summary>Fewest columns of a piece of <see cref="GatherBackward"/>: four cache lines.</summary>
    private const int GatherColumns = 64;

    /// <inheritdoc/>
    public void Gather(Tensor table, IndexTensor ids, Tensor y)
    {
        int columns = table.Shape.Columns;
        int chunk = Math.Max(1, ElementChunk / Math.Max(1, columns));
        _pool.RunRanges(ids.Length, chunk, new GatherWork(Pointer(table), ids.Memory, columns, Pointer(y)));
    }

    /// <inheritdoc/>
    public void GatherBackward(IndexTensor ids, Tensor dY, IndexTensor? stale, GradientTarget dTable)
    {
        if (!dTable.Accumulate && stale is null)
        {
            Fill(0, dTable.Tensor);
        }

        ReadOnlyMemory<int> cleared = dTable.Accumulate || stale is null ? default : stale.Memory;

        // Cut by columns, so that rows of equal ids are added in their order without asking who else adds.
        int columns = dY.Shape.Columns, chunk = Math.Max(GatherColumns, ElementChunk / Math.Max(1, ids.Length));
        _pool.RunRanges(columns, chunk, new GatherBackwardWork(cleared, ids.Memory, Pointer(dY), columns, Pointer(dTable.Tensor)));
    }

    private readonly struct GatherWork(float* table, ReadOnlyMemory<int> ids, int columns, float* y) : IRangeWork
    {
        public void Run(int start, int end)
        {
            ReadOnlySpan<int> rows = ids.Span;
            for (int r = start; r < end; r++)
            {
                Row(table, rows[r], columns).CopyTo(Row(y, r, columns));
            }
        }
    }

    private readonly struct GatherBackwardWork(
        ReadOnlyMemory<int> cleared, ReadOnlyMemory<int> ids, float* dY, int columns, float* dTable) : IRangeWork
    {
        public void Run(int start, int end)
        {
            foreach (int row in cleared.Span)
            {
                Row(dTable, row, columns)[start..end].Clear();
            }

            ReadOnlySpan<int> rows = ids.Span;
            for (int r = 0; r < rows.Length; r++)
            {
                Span<float> sum = Row(dTable, rows[r], columns)[start..end];
                TensorPrimitives.Add(sum, Row(dY, r, columns)[start..end], sum);
            }
        }
    }

    private static Span<float> Row(float* matrix, int row, int columns) => new(matrix + ((long)row * columns), columns);
}
