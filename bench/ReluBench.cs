// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>ReLU and its gradient.</summary>
public class ReluBench : RowsBench
{
    protected override void Kernel(CpuBackend backend) => backend.Relu(X, Y);

    [Benchmark]
    public void Gradient() => Vector.ReluBackward(X, X, Overwrite(Y));
}
