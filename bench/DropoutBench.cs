// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Dropout, whose random numbers are drawn on the way.</summary>
public class DropoutBench : RowsBench
{
    private readonly DropoutMask _mask = new(0.1, 1, 2, 3);

    protected override void Kernel(CpuBackend backend) => backend.Dropout(X, _mask, Overwrite(Y));
}
