// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class GeluCases
{
    public static IEnumerable<OpCase> All =>
        from form in new[] { GeluForm.Erf, GeluForm.Tanh }
        from shape in new[] { new Shape(1, 1), new Shape(3, 17), new Shape(7, 37) }
        select new OpCase("Gelu", $"{form} {shape}", [shape], (tape, v) => tape.Gelu(v[0], form)) { Shape = x => 2 * x };
}
