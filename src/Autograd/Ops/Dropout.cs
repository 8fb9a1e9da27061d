// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Drops elements at random and scales the others up.</summary>
/// <remarks>Srivastava et al. 2014, in the inverted form. Nothing is stored for the way back: the mask is drawn again.</remarks>
public static class DropoutOp
{
    /// <summary>y = x / (1 − p) where kept, else 0. The same variable, handed on, where nothing is dropped.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">Any shape.</param>
    /// <param name="probability">Probability to drop, in [0, 1).</param>
    /// <param name="rows">Where x has only some rows of a matrix, their numbers: each draws what it would draw among all. Null for
    /// all.</param>
    public static Variable Dropout(this Tape tape, Variable x, double probability, IndexTensor? rows = null)
    {
        if (tape.NextDropout(probability, rows) is not { } mask)
        {
            return x.HandOn();
        }

        Tensor y = tape.Allocate(x.Shape);
        tape.Backend.Dropout(x.Value, mask, new GradientTarget(y, Accumulate: false));
        return tape.Record(y, new Node(x, mask));
    }

    private sealed class Node(Variable x, DropoutMask mask) : TapeNode("Dropout", x)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.GradientOf(x) is { } dX)
            {
                tape.Backend.Dropout(dY, mask, dX);
            }
        }

        public override bool Reads(Variable variable) => false;
    }
}
