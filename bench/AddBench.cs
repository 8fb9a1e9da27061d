// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>A sum.</summary>
public class AddBench : RowsBench
{
    protected override void Kernel(CpuBackend backend) => backend.Add(X, X, Y);
}
