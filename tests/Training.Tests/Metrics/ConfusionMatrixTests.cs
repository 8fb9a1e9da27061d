// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class ConfusionMatrixTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void AllNumbers_ScikitLearnsCases_Agree()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path("goldens/hf/heads-decode/classification.json")));
        int count = 0;
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            ConfusionMatrix matrix = ConfusionMatrix.Of(
                one.GetProperty("classes").GetInt32(), Ints(one.GetProperty("true")), Ints(one.GetProperty("pred")));
            AssertAgrees(one.GetProperty("expect"), matrix, $"case {count++}");
        }

        Assert.Equal(200, count);
    }

    [Fact]
    public void AllNumbers_NothingCounted_AreZero()
    {
        var empty = new ConfusionMatrix(3);

        Assert.Equal((0, 0, 0, 0), (empty.Accuracy, empty.MacroF1, empty.WeightedF1, empty.Matthews));
    }

    [Fact]
    public void Matthews_LargeCounts_DoesNotOverflow()
    {
        // 200,000 examples: products of four counts leave the range of Int64.
        int[] truths = [.. Enumerable.Range(0, 200_000).Select(i => i & 1)];
        int[] predictions = [.. truths];
        predictions[0] ^= 1;

        Assert.Equal(1, ConfusionMatrix.Of(2, truths, predictions).Matthews, 4);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 2)]
    public void Add_NoSuchClass_Throws(int truth, int prediction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(2).Add(truth, prediction));

    [Fact]
    public void Of_ListsOfDifferentLength_Throws() =>
        Assert.Throws<ArgumentException>(() => ConfusionMatrix.Of(2, [0, 1], [0]));

    private static void AssertAgrees(JsonElement expect, ConfusionMatrix matrix, string name)
    {
        AssertNear(expect.GetProperty("accuracy"), matrix.Accuracy, name);
        AssertNear(expect.GetProperty("mcc"), matrix.Matthews, name);
        AssertNear(expect.GetProperty("macro_f1"), matrix.MacroF1, name);
        AssertNear(expect.GetProperty("weighted_f1"), matrix.WeightedF1, name);
        for (int c = 0; c < matrix.Classes; c++)
        {
            AssertNear(expect.GetProperty("precision")[c], matrix.Precision(c), name);
            AssertNear(expect.GetProperty("recall")[c], matrix.Recall(c), name);
            AssertNear(expect.GetProperty("f1")[c], matrix.F1(c), name);
            Assert.Equal(expect.GetProperty("support")[c].GetDouble(), matrix.Support(c));
            Assert.Equal(
                expect.GetProperty("confusion")[c].EnumerateArray().Select(v => (long)v.GetDouble()),
                Enumerable.Range(0, matrix.Classes).Select(p => matrix[c, p]));
        }
    }

    private static void AssertNear(JsonElement expected, double actual, string name) =>
        Assert.True(Math.Abs(expected.GetDouble() - actual) <= Tolerance, $"{name}: expected {expected}, but found {actual:R}");

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetInt32())];
}
