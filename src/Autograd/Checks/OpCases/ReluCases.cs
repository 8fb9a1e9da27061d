// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

internal static class ReluCases
{
    /// <summary>Inputs keep away from 0, where the function has no derivative.</summary>
    public static IEnumerable<OpCase> All =>
    [
        new("Relu", "[5, 19]", [new(5, 19)], (tape, v) => tape.Relu(v[0])) { Shape = x => x + Math.CopySign(0.1, x) },
    ];
}
