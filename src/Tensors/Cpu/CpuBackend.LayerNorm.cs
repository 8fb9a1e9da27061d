// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd)
    {
        int columns = gamma.Length;
        RunKernel(mean.Length, RowChunk(columns), new LayerNormRows
        {
            X = Pointer(x),
            Columns = columns,
            Gamma = Pointer(gamma),
            Beta = Pointer(beta),
            Epsilon = epsilon,
            Y = Pointer(y),
            Mean = Pointer(mean),
            Rstd = Pointer(rstd),
        });
    }

    /// <inheritdoc/>
    public void LayerNormBackward(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta)
    {
        int columns = gamma.Length, rows = mean.Length;
        int blocks = (rows + LayerNormGradientRows.Block - 1) / LayerNormGradientRows.Block;
        float* partials = _partials.Floats(2L * blocks * columns);
        RunKernel(rows, LayerNormGradientRows.Block, new LayerNormGradientRows
        {
            X = Pointer(x),
            Columns = columns,
            Gamma = Pointer(gamma),
            Mean = Pointer(mean),
            Rstd = Pointer(rstd),
            DY = Pointer(dY),
            DX = dX is { } target ? Pointer(target.Tensor) : null,
            Add = dX is { Accumulate: true },
            Partials = partials,
        });
        AddBlocks(partials, blocks, columns, dGamma);
        AddBlocks(partials + columns, blocks, columns, dBeta);
    }

    private void AddBlocks(float* partials, int blocks, int columns, GradientTarget? target)
    {
        if (target is { } gradient)
        {
            RunKernel(
                columns, BlockSum.Chunk, new BlockSum(partials, blocks, 2 * columns, Pointer(gradient.Tensor), gradient.Accumulate));
        }
    }
}
