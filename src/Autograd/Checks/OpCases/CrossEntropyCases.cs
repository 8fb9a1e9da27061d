// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd;

internal static class CrossEntropyCases
{
    private static readonly int[] Labels = [2, 0, 0, 1, 2];
    private static readonly double[] Weights = [0.5, 0, 1.25, 0.25, 0.75];

    public static IEnumerable<OpCase> All =>
    [
        new("CrossEntropy", "mean [5, 3]", [new(5, 3)], (tape, v) => tape.CrossEntropy(v[0], new IndexTensor(Labels))),
        new("CrossEntropy", "weighted [5, 131]", [new(5, 131)], (tape, v) => tape.CrossEntropy(v[0], new IndexTensor(Labels), Weights)),
    ];
}
