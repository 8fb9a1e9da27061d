// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>An update with AdamW.</summary>
public class AdamWBench : RowsBench
{
    private readonly AdamStep _step = new(1e-5, 0.9, 0.999, 1e-6, 0.01, 1, 1);
    private Tensor _m = null!, _v = null!;

    protected override void Prepare()
    {
        base.Prepare();
        (_m, _v) = (Zeros(Rows, Columns), Zeros(Rows, Columns));
    }

    protected override void Kernel(CpuBackend backend) => backend.AdamW(X, _step, Y, _m, _v);
}
