// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>LayerNorm and its gradients.</summary>
public class LayerNormBench : RowsBench
{
    private Tensor _gamma = null!, _mean = null!, _rstd = null!, _dGamma = null!, _dBeta = null!;

    protected override void Prepare()
    {
        base.Prepare();
        (_gamma, _dGamma, _dBeta) = (Random(Columns), Zeros(Columns), Zeros(Columns));
        (_mean, _rstd) = (Zeros(Rows), Zeros(Rows));
    }

    protected override void Kernel(CpuBackend backend) => backend.LayerNorm(X, _gamma, _gamma, 1e-12, Y, _mean, _rstd);

    [Benchmark]
    public void Gradients() =>
        Vector.LayerNormBackward(X, _gamma, _mean, _rstd, X, Overwrite(Y), Overwrite(_dGamma), Overwrite(_dBeta));
}
