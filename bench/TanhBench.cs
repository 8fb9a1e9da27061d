// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Tanh and its gradient.</summary>
public class TanhBench : RowsBench
{
    protected override void Kernel(CpuBackend backend) => backend.Tanh(X, Y);

    [Benchmark]
    public void Gradient() => Vector.TanhBackward(X, X, Overwrite(Y));
}
