// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Softmax cross entropy with a weight for each row.</summary>
public static class CrossEntropyOp
{
    /// <inheritdoc cref="IBackend.CrossEntropy"/>
    /// <param name="tape">The tape.</param>
    /// <param name="logits">[R, C].</param>
    /// <param name="labels">Classes in [0, C), [R].</param>
    /// <param name="weights">[R]: 1/R each for the mean. Rows of weight 0 take no part.</param>
    /// <returns>Scalar.</returns>
    /// <exception cref="ShapeMismatchException">There is not one label and one weight for each row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is no class.</exception>
    public static Variable CrossEntropy(this Tape tape, Variable logits, IndexTensor labels, ReadOnlySpan<double> weights)
    {
        int rows = logits.Shape.Rows;
        if (labels.Length != rows || weights.Length != rows)
        {
            Require.Throw(
                $"CrossEntropy: logits {logits.Shape} need {rows} labels and weights, but have {labels.Length} and {weights.Length}.");
        }

        Require.Indices(labels, logits.Shape.Columns, "CrossEntropy", nameof(labels));
        Tensor rowWeights = tape.Constant(weights, new Shape(rows)).Value;
        Tensor loss = tape.Allocate(new Shape());
        Tensor logSumExp = tape.Allocate(new Shape(rows));
        tape.Backend.CrossEntropy(logits.Value, labels, rowWeights, loss, logSumExp);
        return tape.Record(loss, new Node(logits, labels, rowWeights, logSumExp));
    }

    /// <summary>Mean softmax cross entropy over the rows.</summary>
    public static Variable CrossEntropy(this Tape tape, Variable logits, IndexTensor labels)
    {
        var weights = new double[labels.Length];
        Array.Fill(weights, 1.0 / Math.Max(1, labels.Length));
        return tape.CrossEntropy(logits, labels, weights);
    }

    private sealed class Node(Variable logits, IndexTensor labels, Tensor weights, Tensor logSumExp) : TapeNode("CrossEntropy", logits)
    {
        public override void Backward(Tape tape, Tensor dY)
        {
            if (tape.GradientOf(logits) is { } dLogits)
            {
                tape.Backend.CrossEntropyBackward(logits.Value, labels, weights, logSumExp, dY, dLogits);
            }
        }

        public override bool Reads(Variable variable) => variable == logits;

        public override void ReleaseSaved(IBackend backend)
        {
            backend.Release(weights);
            backend.Release(logSumExp);
        }
    }
}
