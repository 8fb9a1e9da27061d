// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class DropoutCases
{
    private static readonly IndexTensor SomeRows = new([1, 4, 5]);

    public static IEnumerable<OpCase> All =>
    [
        .. from probability in new[] { 0.1, 0.5 }
           from shape in new[] { new Shape(3, 5), new Shape(7, 37) }
           select Case($"{probability} {shape}", shape, probability, rows: null),
        Case("of some rows", new Shape(3, 37), 0.5, SomeRows),
    ];

    private static OpCase Case(string variant, Shape shape, double probability, IndexTensor? rows) =>
        new("Dropout", variant, [shape], (tape, v) => tape.Dropout(v[0], probability, rows)) { IsTraining = true };
}
