// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class RecomputeCases
{
    public static IEnumerable<OpCase> All =>
    [
        Case("map, gelu, dropout", (tape, v) => tape.Recompute(v[0], (part, x) => Block(part, x, v))),
        Case("with dropout before, in and after it", (tape, v) => Dropout(tape, tape.Recompute(Dropout(tape, v[0]), (part, x) =>
            Block(part, x, v)))),
        Case("of an input that has a second use", (tape, v) =>
        {
            Variable hidden = tape.Linear(v[0], v[1], v[2]);
            return tape.Add(tape.Recompute(hidden, (part, x) => part.Tanh(x)), hidden);
        }),
    ];

    /// <summary>It forgets what it made: nothing is recorded the first time.</summary>
    private static Variable Block(Tape part, Variable x, Variable[] v)
    {
        Variable sums = part.Linear(x, v[1], v[2]), active = part.Gelu(sums, GeluForm.Erf), dropped = Dropout(part, active);
        part.Forget(sums, active);
        return dropped;
    }

    private static Variable Dropout(Tape tape, Variable x) => tape.Dropout(x, 0.3);

    private static OpCase Case(string variant, Func<Tape, Variable[], Variable> build) =>
        new("Recompute", variant, [new(7, 5), new(6, 5), new(6)], build) { IsTraining = true };
}
