// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

internal static class AddCases
{
    public static IEnumerable<OpCase> All =>
    [
        new("Add", "[1]", [new(1), new(1)], (tape, v) => tape.Add(v[0], v[1])),
        new("Add", "[7, 37]", [new(7, 37), new(7, 37)], (tape, v) => tape.Add(v[0], v[1])),
        new("Add", "of a value and itself [3, 5]", [new(3, 5)], (tape, v) => tape.Add(v[0], v[0])),
    ];
}
