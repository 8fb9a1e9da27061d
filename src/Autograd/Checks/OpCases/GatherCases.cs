// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class GatherCases
{
    private static readonly int[] Repeated = [3, 0, 3, 10, 3, 7, 0];

    public static IEnumerable<OpCase> All =>
    [
        new("Gather", "one row", [new(1, 1)], (tape, v) => tape.Gather(v[0], new IndexTensor([0]))),
        new("Gather", "repeated ids", [new(11, 37)], (tape, v) => tape.Gather(v[0], new IndexTensor(Repeated))),
    ];
}
