// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

internal static class TanhCases
{
    public static IEnumerable<OpCase> All =>
    [
        new("Tanh", "[1, 1]", [new(1, 1)], (tape, v) => tape.Tanh(v[0])),
        new("Tanh", "[5, 37]", [new(5, 37)], (tape, v) => tape.Tanh(v[0])) { Shape = x => 1.5 * x },
    ];
}
