// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void ResidualLayerNorm(
        Tensor x, Tensor residual, DropoutMask? dropout, Tensor gamma, Tensor beta, double epsilon, Tensor sum, Tensor y, Tensor mean,
        Tensor rstd) =>
        RunKernel(mean.Length, RowChunk(gamma.Length), new ResidualLayerNormRows
        {
            X = Pointer(x),
            Residual = Pointer(residual),
            Dropout = dropout,
            Norm = NormRows(sum, gamma, beta, epsilon, y, mean, rstd),
        });

    /// <inheritdoc/>
    public void ResidualLayerNormBackward(
        Tensor sum, DropoutMask? dropout, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dResidual,
        GradientTarget? dGamma, GradientTarget? dBeta)
    {
        int columns = gamma.Length, rows = mean.Length, blocks = LayerNormGradientRows.Blocks(rows);
        float* partials = _partials.Floats(2L * blocks * columns);
        RunKernel(rows, LayerNormGradientRows.Block, new ResidualLayerNormGradientRows
        {
            Norm = NormGradientRows(sum, gamma, mean, rstd, dY, dX: null, partials),
            Dropout = dropout,
            DX = dX is { } toX ? Pointer(toX.Tensor) : null,
            AddToX = dX is { Accumulate: true },
            DResidual = dResidual is { } toResidual ? Pointer(toResidual.Tensor) : null,
            AddToResidual = dResidual is { Accumulate: true },
        });
        AddBlocks(partials, blocks, columns, dGamma);
        AddBlocks(partials + columns, blocks, columns, dBeta);
    }
}
