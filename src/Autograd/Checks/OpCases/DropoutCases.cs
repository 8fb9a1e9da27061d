// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class DropoutCases
{
    public static IEnumerable<OpCase> All =>
        from probability in new[] { 0.1, 0.5 }
        from shape in new[] { new Shape(3, 5), new Shape(7, 37) }
        select new OpCase("Dropout", $"{probability} {shape}", [shape], (tape, v) => tape.Dropout(v[0], probability)) { IsTraining = true };
}
