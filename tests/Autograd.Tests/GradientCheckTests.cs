// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>What the check itself says.</summary>
public class GradientCheckTests
{
    [Fact]
    public void Run_GradientThatIsZero_ProvesNothing()
    {
        var clipped = new OpCase("Relu", "below 0", [new(3, 5)], (tape, v) => tape.Relu(v[0]))
        {
            Shape = x => -0.1 - Math.Abs(x),
        };
        Assert.Equal(GradientVerdict.ProvesNothing, Verdict(clipped));
    }

    /// <summary>With one class the loss is 0 whatever the score: log exp(x) − x.</summary>
    [Fact]
    public void Run_GradientThatIsRoundingOfZero_ProvesNothing()
    {
        var labels = new IndexTensor([0, 0, 0]);
        var oneClass = new OpCase("CrossEntropy", "one class", [new(3, 1)], (tape, v) => tape.CrossEntropy(v[0], labels));
        Assert.Equal(GradientVerdict.ProvesNothing, Verdict(oneClass));
    }

    [Theory]
    [InlineData(0.0, 1.0, GradientVerdict.Right)]
    [InlineData(1e-8, 1.0, GradientVerdict.Right)]
    [InlineData(1.1e-8, 1.0, GradientVerdict.Wrong)]
    [InlineData(double.PositiveInfinity, 1.0, GradientVerdict.Wrong)]
    [InlineData(double.NaN, 1.0, GradientVerdict.Wrong)]
    [InlineData(1.0, 0.0, GradientVerdict.Wrong)]
    [InlineData(0.0, 0.0, GradientVerdict.ProvesNothing)]
    [InlineData(1e-11, 3e-11, GradientVerdict.ProvesNothing)]
    public void Verdict_OfErrorAndGradient_IsAsDefined(double error, double gradient, GradientVerdict expected) =>
        Assert.Equal(expected, new GradientCheckRow("x", 1, error, gradient).Verdict);

    private static GradientVerdict Verdict(OpCase opCase) => new GradientCheck(new ReferenceBackend()).Run(opCase).Single().Verdict;
}
