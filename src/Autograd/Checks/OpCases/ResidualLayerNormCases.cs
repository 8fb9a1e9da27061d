// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class ResidualLayerNormCases
{
    private static readonly IndexTensor SomeRows = new([1, 4, 5]);

    public static IEnumerable<OpCase> All =>
    [
        Case(new Shape(3, 5), dropout: 0),
        Case(new Shape(7, 37), dropout: 0.3),
        Case(new Shape(35, 131), dropout: 0.1),
        Case(new Shape(3, 37), dropout: 0.5, SomeRows),
        Case("of a value and itself, scale and shift the same", [new(7, 37), new(37)], (tape, v) =>
            tape.ResidualLayerNorm(v[0], v[0], 0.3, v[1], v[1], epsilon: 1e-12)),
    ];

    private static OpCase Case(Shape shape, double dropout, IndexTensor? rows = null)
    {
        string variant = $"{shape} dropout {dropout}{(rows is null ? "" : " of some rows")}";
        Shape row = new(shape.Columns);
        return Case(variant, [shape, shape, row, row], (tape, v) =>
            tape.ResidualLayerNorm(v[0], v[1], dropout, v[2], v[3], epsilon: 1e-12, rows));
    }

    private static OpCase Case(string variant, Shape[] inputs, Func<Tape, Variable[], Variable> build) =>
        new("ResidualLayerNorm", variant, inputs, build) { IsTraining = true };
}
