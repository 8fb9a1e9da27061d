// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

public class CrossEntropyTests
{
    private static readonly (int Rows, int Columns, double Scale)[] Sizes =
        [(1, 1, 1), (2, 2, 3), (9, 3, 10), (5, 16, 1), (6, 17, 30), (33, 384, 5), (3, 30522, 4), (2, 4097, 100)];

    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void CrossEntropy_OfAllSizes_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach ((int rows, int columns, double scale) in Sizes)
        {
            var data = new CrossEntropyData(rows, columns, scale);
            Tensor logSumExp = backend.Poisoned(new Shape(rows));
            float[] loss = backend.Output(1, loss => data.Forward(backend, loss, logSumExp));
            Case.AssertNear([data.Loss], loss, 1.2e-7, 1e-9 * scale, $"loss {rows}×{columns}");
            Case.AssertNear(data.LogSumExp, backend.Download(logSumExp), 1.2e-7, 1e-7, "logSumExp");
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void CrossEntropyBackward_OfAllSizes_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach ((int rows, int columns, double scale) in Sizes)
        {
            var data = new CrossEntropyData(rows, columns, scale);
            float[] gradient = backend.Gradient(rows * columns, dLogits => data.Backward(backend, dLogits));

            // The rounding of logSumExp, here up to some hundreds, is what p = exp(x − logSumExp) loses.
            double rounding = 1e-7 * (1 + data.LogSumExp.Max(Math.Abs));
            Case.AssertNear(data.Gradient, gradient, 4e-7 + rounding, rounding / rows, $"gradient {rows}×{columns}");
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void CrossEntropy_WithRowsOfNoWeight_IsWhateverTheyHold(SimdLevel level)
    {
        using var backend = new CpuBackend(1, level);
        Tensor logits = backend.Upload(new Shape(3, 2), [1f, 2f, float.NaN, float.PositiveInfinity, 0.5f, 0.5f]);
        Tensor weights = backend.Vector([0.5f, 0f, 0.5f]), logSumExp = backend.Poisoned(new Shape(3)), one = backend.Vector([1f]);
        var labels = new IndexTensor([0, 1, 1]);
        double expected = 0.5 * (Math.Log(Math.E + (Math.E * Math.E)) - 1 + Math.Log(2));
        Case.AssertNear(
            [expected], backend.Output(1, loss => backend.CrossEntropy(logits, labels, weights, loss, logSumExp)), 1e-7, 0, "loss");
        float[] gradient = backend.Gradient(6, d => backend.CrossEntropyBackward(logits, labels, weights, logSumExp, one, d));
        Assert.Equal([0f, 0f], gradient[2..4]);
        Assert.Equal([0.25f, -0.25f], gradient[4..6]);
    }

    [Fact]
    public void CrossEntropy_OfACertainRow_HasATinyLossAndGradient()
    {
        foreach (SimdLevel level in Levels.All)
        {
            using var backend = new CpuBackend(1, level);
            Tensor logits = backend.Upload(new Shape(1, 2), [3e38f, -3e38f]), weights = backend.Vector([1f]);
            Tensor logSumExp = backend.Poisoned(new Shape(1)), one = backend.Vector([1f]);
            var labels = new IndexTensor([0]);
            Assert.Equal(0f, backend.Output(1, loss => backend.CrossEntropy(logits, labels, weights, loss, logSumExp))[0]);
            Assert.Equal([0f, 0f], backend.Gradient(2, d => backend.CrossEntropyBackward(logits, labels, weights, logSumExp, one, d)));
        }
    }
}
