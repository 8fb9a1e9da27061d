// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The loss of regression tasks.</summary>
public static class MeanSquaredErrorOp
{
    /// <summary>loss = mean of (x − targets)².</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="x">Predictions, any shape.</param>
    /// <param name="targets">As many numbers.</param>
    /// <returns>Scalar.</returns>
    /// <exception cref="ShapeMismatchException">There is not one target for each prediction.</exception>
    public static Variable MeanSquaredError(this Tape tape, Variable x, ReadOnlySpan<double> targets)
    {
        if (targets.Length != x.Value.Length)
        {
            Require.Throw($"MeanSquaredError: predictions {x.Shape} need {x.Value.Length} targets, but there are {targets.Length}.");
        }

        Tensor wanted = tape.Constant(targets, x.Shape).Value;
        Tensor loss = tape.Allocate(new Shape());
        tape.Backend.MeanSquaredError(x.Value, wanted, loss);
        return tape.Record(loss, new Node(x, wanted));
    }

    private sealed class Node(Variable x, Tensor targets) : TapeNode("MeanSquaredError", x)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.GradientOf(x) is { } dX)
            {
                tape.Backend.MeanSquaredErrorBackward(x.Value, targets, dY, dX);
            }
        }

        public override bool Reads(Variable variable) => variable == x;

        public override void ReleaseSaved(IBackend backend) => backend.Release(targets);
    }
}
