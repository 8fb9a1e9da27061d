// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The rectifier, one of the activations that a config may name.</summary>
public static class ReluOp
{
    /// <summary>y = max(x, 0).</summary>
    public static Variable Relu(this Tape tape, Variable x)
    {
        Tensor y = tape.Allocate(x.Shape);
        tape.Backend.Relu(x.Value, y);
        return tape.Record(y, new Node(x));
    }

    private sealed class Node(Variable x) : TapeNode("Relu", x)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.GradientOf(x) is { } dX)
            {
                tape.Backend.ReluBackward(x.Value, dY, dX);
            }
        }

        public override bool Reads(Variable variable) => variable == x;
    }
}
