// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Normalises each row, then scales and shifts it.</summary>
/// <remarks>Ba, Kiros, Hinton 2016 (arXiv:1607.06450), eq. 4.</remarks>
public static class LayerNormOp
{
    /// <inheritdoc cref="IBackend.LayerNorm"/>
    /// <exception cref="ShapeMismatchException">gamma or beta does not fit x.</exception>
    public static Variable LayerNorm(this Tape tape, Variable x, Variable gamma, Variable beta, double epsilon)
    {
        Require.Vector(gamma.Value, x.Shape.Columns, "LayerNorm", nameof(gamma));
        Require.Vector(beta.Value, x.Shape.Columns, "LayerNorm", nameof(beta));

        Tensor y = tape.Allocate(x.Shape);
        Tensor mean = tape.Allocate(new Shape(x.Shape.Rows));
        Tensor rstd = tape.Allocate(new Shape(x.Shape.Rows));
        tape.Backend.LayerNorm(x.Value, gamma.Value, beta.Value, epsilon, y, mean, rstd);
        return tape.Record(y, new Node(x, gamma, beta, mean, rstd));
    }

    private sealed class Node(Variable x, Variable gamma, Variable beta, Tensor mean, Tensor rstd) : TapeNode("LayerNorm", x, gamma, beta)
    {
        public override void Backward(Tape tape, Tensor dY) => tape.Backend.LayerNormBackward(
            x.Value, gamma.Value, mean, rstd, dY, tape.GradientOf(x), tape.GradientOf(gamma), tape.GradientOf(beta));

        public override bool Reads(Variable variable) => variable == x || variable == gamma;

        public override void ReleaseSaved(IBackend backend)
        {
            backend.Release(mean);
            backend.Release(rstd);
        }
    }
}
