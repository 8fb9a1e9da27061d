// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>The sum of two values of one shape: residual connections, and the sum of losses.</summary>
public static class AddOp
{
    /// <summary>y = a + b.</summary>
    /// <exception cref="ShapeMismatchException">The shapes differ.</exception>
    public static Variable Add(this Tape tape, Variable a, Variable b)
    {
        Require.Shape(b.Value, a.Shape, "Add", nameof(b));
        Tensor y = tape.Allocate(a.Shape);
        tape.Backend.Add(a.Value, b.Value, y);
        return tape.Record(y, new Node(a, b));
    }

    private sealed class Node(Variable a, Variable b) : TapeNode("Add", a, b)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            foreach (Variable input in (ReadOnlySpan<Variable>)[a, b])
            {
                if (tape.GradientOf(input) is { } target)
                {
                    tape.Backend.Copy(dY, target);
                }
            }
        }

        public override bool Reads(Variable variable) => false;
    }
}
