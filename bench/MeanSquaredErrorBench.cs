// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>The loss of a regression.</summary>
public class MeanSquaredErrorBench : RowsBench
{
    private Tensor _loss = null!;

    protected override void Prepare()
    {
        base.Prepare();
        _loss = Zeros();
    }

    protected override void Kernel(CpuBackend backend) => backend.MeanSquaredError(X, Y, _loss);

    [Benchmark]
    public void Gradient() => Vector.MeanSquaredErrorBackward(X, X, _loss, Overwrite(Y));
}
