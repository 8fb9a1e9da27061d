// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class LinearCases
{
    private static readonly (int Rows, int Inputs, int Outputs)[] Sizes = [(1, 1, 1), (3, 5, 7), (13, 37, 20), (7, 33, 65), (17, 401, 3)];

    public static IEnumerable<OpCase> All =>
    [
        .. from size in Sizes
           from hasBias in new[] { true, false }
           select Case(size.Rows, size.Inputs, size.Outputs, hasBias),
        new("Linear", "by itself [5, 19]", [new(5, 19)], (tape, v) => tape.Linear(v[0], v[0], bias: null)),
    ];

    private static OpCase Case(int rows, int inputs, int outputs, bool hasBias)
    {
        Shape x = new(rows, inputs), weight = new(outputs, inputs);
        string variant = $"{x}·{weight}ᵀ{(hasBias ? " + bias" : "")}";
        return hasBias
            ? new OpCase("Linear", variant, [x, weight, new(outputs)], (tape, v) => tape.Linear(v[0], v[1], v[2]))
            : new OpCase("Linear", variant, [x, weight], (tape, v) => tape.Linear(v[0], v[1], bias: null));
    }
}
