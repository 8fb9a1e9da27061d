// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>A part of a model of which only the input is kept: on the way back it is computed again.</summary>
/// <remarks>Chen, Xu, Zhang, Guestrin 2016 (arXiv:1604.06174). Dropout draws the same numbers again, so no bit differs.</remarks>
public static class RecomputeOp
{
    /// <summary>y = part(x), and nothing of what the part computes is kept but y. With an observer, who sees every value once, and where
    /// there is no way back, the part is applied as it is.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">What goes in.</param>
    /// <param name="part">Computes a new value from x and parameters, on the tape that it is given; it is called twice. What it does
    /// not forget stays until the step is over.</param>
    public static Variable Recompute(this Tape tape, Variable x, Func<Tape, Variable, Variable> part)
    {
        if (!tape.IsRecording || tape.Observer is not null || !x.RequiresGradient)
        {
            return part(tape, x);
        }

        uint dropouts = tape.Dropouts;
        Tape once = tape.Part(isRecording: false, dropouts);
        Variable y = part(once, new Variable(x.Value));
        tape.Dropouts = once.Dropouts;
        return tape.Record(y.Value, new Node(x, part, dropouts));
    }

    private sealed class Node(Variable x, Func<Tape, Variable, Variable> part, uint dropouts) : TapeNode("Recompute", x)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            Tape again = tape.Part(isRecording: true, dropouts);
            var input = new Variable(x.Value, requiresGradient: true);
            Variable y = part(again, input);
            if (tape.GradientOf(x) is { } dX)
            {
                (input.GradientBuffer, input.HasGradient) = (dX.Tensor, dX.Accumulate);
            }

            again.GoBack(y, dY);
            again.ReleaseResult(y);
        }

        public override bool Reads(Variable variable) => variable == x;
    }
}
