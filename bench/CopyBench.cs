// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>A gradient passed on: written, or added.</summary>
public class CopyBench : RowsBench
{
    protected override void Kernel(CpuBackend backend) => backend.Copy(X, Overwrite(Y));

    [Benchmark]
    public void Added() => Vector.Copy(X, AddTo(Y));
}
