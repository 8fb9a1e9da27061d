// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd) =>
        RunKernel(mean.Length, RowChunk(gamma.Length), NormRows(x, gamma, beta, epsilon, y, mean, rstd));

    /// <inheritdoc/>
    public void LayerNormBackward(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta)
    {
        int columns = gamma.Length, rows = mean.Length, blocks = LayerNormGradientRows.Blocks(rows);
        float* partials = _partials.Floats(2L * blocks * columns);
        RunKernel(rows, LayerNormGradientRows.Block, NormGradientRows(x, gamma, mean, rstd, dY, dX, partials));
        AddBlocks(partials, blocks, columns, dGamma);
        AddBlocks(partials + columns, blocks, columns, dBeta);
    }

    private static LayerNormRows NormRows(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd) => new()
    {
        X = Pointer(x),
        Columns = gamma.Length,
        Gamma = Pointer(gamma),
        Beta = Pointer(beta),
        Epsilon = epsilon,
        Y = Pointer(y),
        Mean = Pointer(mean),
        Rstd = Pointer(rstd),
    };

    private static LayerNormGradientRows NormGradientRows(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, float* partials) => new()
        {
            X = Pointer(x),
            Columns = gamma.Length,
            Gamma = Pointer(gamma),
            Mean = Pointer(mean),
            Rstd = Pointer(rstd),
            DY = Pointer(dY),
            DX = dX is { } target ? Pointer(target.Tensor) : null,
            Add = dX is { Accumulate: true },
            Partials = partials,
        };

    private void AddBlocks(float* partials, int blocks, int columns, GradientTarget? target)
    {
        if (target is { } gradient)
        {
            RunKernel(
                columns, BlockSum.Chunk, new BlockSum(partials, blocks, 2 * columns, Pointer(gradient.Tensor), gradient.Accumulate));
        }
    }
}
