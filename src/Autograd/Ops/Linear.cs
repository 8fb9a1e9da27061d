// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The affine map, weight in PyTorch's orientation [out, in].</summary>
public static class LinearOp
{
    /// <summary>y = x · weightᵀ + bias.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">[R, I].</param>
    /// <param name="weight">[O, I].</param>
    /// <param name="bias">[O], or null for none.</param>
    /// <returns>[R, O].</returns>
    /// <exception cref="ShapeMismatchException">Weight or bias does not fit x.</exception>
    public static Variable Linear(this Tape tape, Variable x, Variable weight, Variable? bias)
    {
        Require.Matrix(weight.Value, x.Shape.Columns, "Linear", nameof(weight));
        if (bias is not null)
        {
            Require.Vector(bias.Value, weight.Shape[0], "Linear", nameof(bias));
        }

        Tensor y = tape.Allocate(new Shape(x.Shape.Rows, weight.Shape[0]));
        tape.Backend.Linear(x.Value, weight.Value, bias?.Value, y);
        return tape.Record(y, bias is null ? new Node(x, weight) : new Node(x, weight, bias));
    }

    private sealed class Node : TapeNode
    {
        public Node(Variable x, Variable weight)
            : base("Linear", x, weight)
        {
        }

        public Node(Variable x, Variable weight, Variable bias)
            : base("Linear", x, weight, bias)
        {
        }

        public override void Backward(Tape tape, Tensor dY)
        {
            (Variable x, Variable weight) = (Inputs[0], Inputs[1]);
            tape.Backend.LinearBackward(
                x.Value, weight.Value, dY,
                tape.GradientOf(x), tape.GradientOf(weight), Inputs.Count > 2 ? tape.GradientOf(Inputs[2]) : null);
        }

        public override bool Reads(Variable variable) => variable == Inputs[0] || variable == Inputs[1];
    }
}
