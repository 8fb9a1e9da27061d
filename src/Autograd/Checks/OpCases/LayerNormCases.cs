// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class LayerNormCases
{
    public static IEnumerable<OpCase> All =>
        Separate.Append(new OpCase(
            "LayerNorm", "scale and shift the same [7, 37]", [new(7, 37), new(37)],
            (tape, v) => tape.LayerNorm(v[0], v[1], v[1], epsilon: 1e-12)));

    private static IEnumerable<OpCase> Separate =>
        from shape in new[] { new Shape(3, 5), new Shape(7, 37), new Shape(19, 131) }
        select new OpCase(
            "LayerNorm", $"{shape}", [shape, new(shape.Columns), new(shape.Columns)],
            (tape, v) => tape.LayerNorm(v[0], v[1], v[2], epsilon: 1e-12));
}
