// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class AttentionCases
{
    private static readonly int[] Ragged = [1, 2, 7, 5], MoreRowsThanKeys = [3, 9], Keys = [2, 5];

    public static IEnumerable<OpCase> All =>
    [
        Case("ragged, 3 heads of 5", new(Ragged), heads: 3, headSize: 5, dropout: 0),
        Case("ragged, 1 head of 33", new(Ragged), heads: 1, headSize: 33, dropout: 0),
        Case("one sequence, 2 heads of 16", new([19]), heads: 2, headSize: 16, dropout: 0),
        Case("rows that are no keys", new(MoreRowsThanKeys, Keys), heads: 2, headSize: 4, dropout: 0),
        Case("ragged, dropout 0.3", new(Ragged), heads: 2, headSize: 7, dropout: 0.3),
    ];

    private static OpCase Case(string variant, SequenceLayout layout, int heads, int headSize, double dropout)
    {
        var shape = new Shape(layout.TotalRows, heads * headSize);
        return new OpCase(
            "Attention", variant, [shape, shape, shape],
            (tape, v) => tape.Attention(v[0], v[1], v[2], layout, heads, dropout, name: "attention"))
        {
            IsTraining = dropout > 0,
        };
    }
}
