// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>One value everywhere.</summary>
public class FillBench : RowsBench
{
    protected override void Kernel(CpuBackend backend) => backend.Fill(1, Y);
}
