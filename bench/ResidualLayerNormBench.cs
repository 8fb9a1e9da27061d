// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>How each block of a layer ends: dropout, residual and LayerNorm in one pass.</summary>
public class ResidualLayerNormBench : RowsBench
{
    private DropoutMask? _mask;
    private Tensor _residual = null!, _sum = null!, _gamma = null!, _mean = null!, _rstd = null!, _dGamma = null!, _dBeta = null!;

    [Params(0.0, 0.1)]
    public double Dropout { get; set; }

    protected override void Prepare()
    {
        base.Prepare();
        _mask = Dropout > 0 ? new DropoutMask(Dropout, 1, 2, 3) : null;
        (_residual, _sum) = (Random(Rows, Columns), Zeros(Rows, Columns));
        (_gamma, _dGamma, _dBeta) = (Random(Columns), Zeros(Columns), Zeros(Columns));
        (_mean, _rstd) = (Zeros(Rows), Zeros(Rows));
    }

    protected override void Kernel(CpuBackend backend) =>
        backend.ResidualLayerNorm(X, _residual, _mask, _gamma, _gamma, 1e-12, _sum, Y, _mean, _rstd);

    [Benchmark]
    public void Gradients() => Vector.ResidualLayerNormBackward(
        _sum, _mask, _gamma, _mean, _rstd, X, Overwrite(Y), Overwrite(_residual), Overwrite(_dGamma), Overwrite(_dBeta));
}
