// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>How each block of a layer ends: dropout, residual connection and LayerNorm in one pass over the rows.</summary>
/// <remarks>Vaswani et al. 2017 (arXiv:1706.03762), §3.1 and §5.4. The same numbers as Dropout, Add and LayerNorm one after the
/// other.</remarks>
public static class ResidualLayerNormOp
{
    /// <inheritdoc cref="IBackend.ResidualLayerNorm"/>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[R, H].</param>
    /// <param name="residual">[R, H].</param>
    /// <param name="dropoutProbability">Of x.</param>
    /// <param name="gamma">Scale, [H].</param>
    /// <param name="beta">Shift, [H].</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="rows">Which rows these are, for dropout; see <see cref="DropoutOp"/>.</param>
    /// <returns>y, [R, H].</returns>
    /// <exception cref="ShapeMismatchException">residual, gamma or beta does not fit x.</exception>
    public static Variable ResidualLayerNorm(
        this Tape tape, Variable x, Variable residual, double dropoutProbability, Variable gamma, Variable beta, double epsilon,
        IndexTensor? rows = null)
    {
        Require.Shape(residual.Value, x.Shape, "ResidualLayerNorm", nameof(residual));
        Require.Vector(gamma.Value, x.Shape.Columns, "ResidualLayerNorm", nameof(gamma));
        Require.Vector(beta.Value, x.Shape.Columns, "ResidualLayerNorm", nameof(beta));

        DropoutMask? dropout = tape.NextDropout(dropoutProbability, rows);
        Tensor sum = tape.Allocate(x.Shape), y = tape.Allocate(x.Shape);
        Tensor mean = tape.Allocate(new Shape(x.Shape.Rows)), rstd = tape.Allocate(new Shape(x.Shape.Rows));
        tape.Backend.ResidualLayerNorm(
            x.Value, residual.Value, dropout, gamma.Value, beta.Value, epsilon, sum, y, mean, rstd);
        return tape.Record(y, new Node(x, residual, gamma, beta, dropout, sum, mean, rstd));
    }

    private sealed class Node(
        Variable x, Variable residual, Variable gamma, Variable beta, DropoutMask? dropout, Tensor sum, Tensor mean, Tensor rstd)
        : TapeNode("ResidualLayerNorm", x, residual, gamma, beta)
    {
        public override void Backward(Tape tape, Tensor dY) => tape.Backend.ResidualLayerNormBackward(
            sum, dropout, gamma.Value, mean, rstd, dY,
            tape.GradientOf(x), tape.GradientOf(residual), tape.GradientOf(gamma), tape.GradientOf(beta));

        public override bool Reads(Variable variable) => variable == gamma;

        public override void ReleaseSaved(IBackend backend)
        {
            backend.Release(sum);
            backend.Release(mean);
            backend.Release(rstd);
        }
    }
}
