// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The Gaussian error linear unit in either of its two forms.</summary>
/// <remarks>Hendrycks, Gimpel 2016 (arXiv:1606.08415).</remarks>
public static class GeluOp
{
    /// <summary>y = gelu(x).</summary>
    public static Variable Gelu(this Tape tape, Variable x, GeluForm form)
    {
        Tensor y = tape.Allocate(x.Shape);
        tape.Backend.Gelu(x.Value, form, y);
        return tape.Record(y, new Node(x, form));
    }

    private sealed class Node(Variable x, GeluForm form) : TapeNode("Gelu", x)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.GradientOf(x) is { } dX)
            {
                tape.Backend.GeluBackward(x.Value, form, dY, dX);
            }
        }

        public override bool Reads(Variable variable) => variable == x;
    }
}
