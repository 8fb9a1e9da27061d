// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

public class SoftmaxTests
{
    [Fact]
    public void Probabilities_LogitsOfKnownOdds_AreThem()
    {
        float[] probabilities = [MathF.Log(1), MathF.Log(2), MathF.Log(5)];

        Softmax.Probabilities(probabilities, probabilities);

        Assert.Equal([0.125f, 0.25f, 0.625f], probabilities, (e, a) => Math.Abs(e - a) < 1e-7);
    }

    [Fact]
    public void Probabilities_HugeLogits_StayFinite()
    {
        var probabilities = new float[3];

        Softmax.Probabilities([3e38f, 3e38f, -3e38f], probabilities);

        Assert.Equal([0.5f, 0.5f, 0f], probabilities);
    }

    [Fact]
    public void LogProbabilities_SmallOnes_KeepTheirDigits()
    {
        var logs = new float[2];

        Softmax.LogProbabilities([0f, 20f], logs);

        // log(1/(1+e^20)) and log(1/(1+e^-20)), the latter by its series.
        Assert.Equal(-20f, logs[0], 1e-6);
        Assert.Equal(-2.0611536e-9, logs[1], 1e-15);
    }

    [Fact]
    public void ArgMax_EqualValues_IsTheFirst() => Assert.Equal(1, Softmax.ArgMax([0f, 2f, 2f, 1f]));

    [Fact]
    public void Probabilities_NoRoom_Throws() =>
        Assert.Throws<ArgumentException>(() => Softmax.Probabilities([1f, 2f], new float[1]));
}
