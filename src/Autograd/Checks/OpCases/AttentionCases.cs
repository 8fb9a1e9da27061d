// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class AttentionCases
{
    private static readonly int[] Ragged = [1, 2, 7, 5], MoreRowsThanKeys = [3, 9], Keys = [2, 5];

    private static readonly IndexTensor SomeRows = new([0, 2, 4, 8, 10, 11]);

    public static IEnumerable<OpCase> All =>
    [
        Case("ragged, 3 heads of 5", new(Ragged), heads: 3, headSize: 5, dropout: 0),
        Case("ragged, 1 head of 33", new(Ragged), heads: 1, headSize: 33, dropout: 0),
        Case("one sequence, 2 heads of 16", new([19]), heads: 2, headSize: 16, dropout: 0),
        Case("rows that are no keys", new(MoreRowsThanKeys, Keys), heads: 2, headSize: 4, dropout: 0),
        Case("ragged, dropout 0.3", new(Ragged), heads: 2, headSize: 7, dropout: 0.3),
        Case("some rows ask", new SequenceLayout(Ragged).WithQueries(SomeRows), heads: 2, headSize: 7, dropout: 0),
        Case("some rows ask, dropout 0.3", new SequenceLayout(MoreRowsThanKeys, Keys).WithQueries(SomeRows), heads: 2, headSize: 5, 0.3),
        Shared("query, key and value the same", (tape, v, layout) => tape.Attention(v[0], v[0], v[0], layout, 2, 0, "attention"), 1),
        Shared("query and value the same", (tape, v, layout) => tape.Attention(v[0], v[1], v[0], layout, 2, 0.3, "attention"), 2),
        Shared("key and value the same", (tape, v, layout) => tape.Attention(v[0], v[1], v[1], layout, 2, 0.3, "attention"), 2),
    ];

    /// <summary>Inputs that are one variable: its gradient is gathered from several targets of one call.</summary>
    private static OpCase Shared(string variant, Func<Tape, Variable[], SequenceLayout, Variable> build, int inputs)
    {
        var layout = new SequenceLayout(MoreRowsThanKeys, Keys);
        Shape[] shapes = [.. Enumerable.Repeat(new Shape(layout.TotalRows, 2 * 5), inputs)];
        return new OpCase("Attention", variant, shapes, (tape, v) => build(tape, v, layout)) { IsTraining = true };
    }

    private static OpCase Case(string variant, SequenceLayout layout, int heads, int headSize, double dropout)
    {
        Shape queries = new(layout.TotalQueries, heads * headSize), shape = new(layout.TotalRows, heads * headSize);
        return new OpCase(
            "Attention", variant, [queries, shape, shape],
            (tape, v) => tape.Attention(v[0], v[1], v[2], layout, heads, dropout, name: "attention"))
        {
            IsTraining = dropout > 0,
        };
    }
}
