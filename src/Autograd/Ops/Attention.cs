// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

/// <summary>Scaled dot-product attention of all heads within each sequence of a packed batch.</summary>
/// <remarks>Vaswani et al. 2017 (arXiv:1706.03762), §3.2.</remarks>
public static class AttentionOp
{
    /// <inheritdoc cref="IBackend.Attention"/>
    /// <param name="tape">The tape.</param>
    /// <param name="query">[Q, H]: the rows that ask, R where all do.</param>
    /// <param name="key">[R, H].</param>
    /// <param name="value">[R, H].</param>
    /// <param name="layout">Where the sequences are, R rows in all, of which Q ask.</param>
    /// <param name="heads">N, a divisor of H.</param>
    /// <param name="dropoutProbability">Of the probabilities.</param>
    /// <param name="name">Module path; an observer sees the probabilities of sequence b as <c>name.probs.b</c>, [N, queries, keys].</param>
    /// <returns>Context, [Q, H].</returns>
    /// <exception cref="ShapeMismatchException">Shapes, layout or heads do not fit.</exception>
    public static Variable Attention(
        this Tape tape, Variable query, Variable key, Variable value, SequenceLayout layout, int heads, double dropoutProbability,
            string name)
    {
        int hidden = query.Shape.Columns;
        Require.Shape(query.Value, new Shape(layout.TotalQueries, hidden), "Attention", nameof(query));
        Require.Shape(key.Value, new Shape(layout.TotalRows, hidden), "Attention", nameof(key));
        Require.Shape(value.Value, key.Shape, "Attention", nameof(value));
        if (hidden % heads != 0)
        {
            Require.Throw($"Attention: the columns of query {query.Shape} must be a multiple of the {heads} heads.");
        }

        double scale = 1 / Math.Sqrt(hidden / heads);
        DropoutMask? dropout = tape.NextDropout(dropoutProbability);
        Tensor context = tape.Allocate(query.Shape);
        bool isRead = tape.IsRecording || tape.Observer is not null;
        Tensor? probs = isRead ? tape.Allocate(new Shape(checked((int)(layout.ProbabilitiesPerHead * heads)))) : null;
        tape.Backend.Attention(query.Value, key.Value, value.Value, layout, heads, scale, dropout, context, probs);
        ObserveProbabilities(tape, probs, layout, heads, name);
        return tape.Record(context, new Node(query, key, value, layout, heads, scale, dropout, probs));
    }

    private static void ObserveProbabilities(Tape tape, Tensor? probs, SequenceLayout layout, int heads, string name)
    {
        for (int b = 0; b < layout.Count && tape.Observer is not null; b++)
        {
            var shape = new Shape(heads, layout.Queries(b), layout.Keys(b));
            tape.Observer.OnValue($"{name}.probs.{b}", probs!.View((int)layout.ProbabilityStart(b, heads), shape));
        }
    }

    private sealed class Node(
        Variable query, Variable key, Variable value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout, Tensor? probs)
        : TapeNode("Attention", query, key, value)
    {
        public override void Backward(Tape tape, Tensor dY) => tape.Backend.AttentionBackward(
            query.Value, key.Value, value.Value, layout, heads, scale, dropout, probs!, dY,
            tape.GradientOf(query), tape.GradientOf(key), tape.GradientOf(value));

        public override bool Reads(Variable variable) => variable != Output;

        public override void ReleaseSaved(IBackend backend)
        {
            if (probs is not null)
            {
                backend.Release(probs);
            }
        }
    }
}
