// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

internal static class MeanSquaredErrorCases
{
    private static readonly double[] Targets = [0.25, -1.5, 3, 0, 1.125, 2, -0.5];

    public static IEnumerable<OpCase> All =>
    [
        new("MeanSquaredError", "[7, 1]", [new(7, 1)], (tape, v) => tape.MeanSquaredError(v[0], Targets)),
    ];
}
