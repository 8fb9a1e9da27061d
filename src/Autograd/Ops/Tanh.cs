// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The hyperbolic tangent, activation of the pooler.</summary>
public static class TanhOp
{
    /// <summary>y = tanh(x).</summary>
    public static Variable Tanh(this Tape tape, Variable x)
    {
        Tensor y = tape.Allocate(x.Shape);
        tape.Backend.Tanh(x.Value, y);
        return tape.Record(y, new Node(x, y));
    }

    private sealed class Node(Variable x, Tensor y) : TapeNode("Tanh", x)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.GradientOf(x) is { } dX)
            {
                tape.Backend.TanhBackward(y, dY, dX);
            }
        }

        public override bool Reads(Variable variable) => variable == Output;
    }
}
