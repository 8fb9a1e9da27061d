// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void ArgMax(Tensor x, Span<int> columns)
    {
        Require.OneForEachRow(x, columns.Length, nameof(ArgMax), nameof(columns));
        fixed (int* found = columns)
        {
            RunKernel(columns.Length, RowChunk(x.Shape.Columns), new ArgMaxRows(Pointer(x), x.Shape.Columns, found));
        }
    }
}
