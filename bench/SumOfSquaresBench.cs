// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>A gradient's part in the norm of all.</summary>
public class SumOfSquaresBench : RowsBench
{
    protected override void Kernel(CpuBackend backend) => _ = backend.SumOfSquares(X, rows: null);
}
