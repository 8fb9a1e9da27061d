// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class CorrelationTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void PearsonAndSpearman_ScipysCases_Agree()
    {
        using JsonDocument cases = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path("goldens/hf/heads-decode/correlation.json")));
        int count = 0, undefined = 0;
        foreach (JsonElement one in cases.RootElement.EnumerateArray())
        {
            double[] x = Doubles(one.GetProperty("x")), y = Doubles(one.GetProperty("y"));
            AssertNear(one.GetProperty("expect").GetProperty("pearson"), Correlation.Pearson(x, y), $"Pearson of case {count}");
            AssertNear(one.GetProperty("expect").GetProperty("spearman"), Correlation.Spearman(x, y), $"Spearman of case {count++}");
            undefined += double.IsNaN(Correlation.Pearson(x, y)) ? 1 : 0;
        }

        Assert.Equal((200, 16), (count, undefined));
    }

    [Fact]
    public void Pearson_Line_IsOne()
    {
        double[] x = [1e6 + 0.1, 1e6 + 0.2, 1e6 + 0.4];

        Assert.Equal(1, Correlation.Pearson(x, x), 12);
        Assert.Equal(-1, Correlation.Pearson(x, [.. x.Select(v => 3 - v)]), 9);
    }

    [Fact]
    public void Spearman_Ties_ShareTheMeanRank() =>
        Assert.Equal(Correlation.Pearson([1, 2.5, 2.5, 4], [4, 3, 1, 2]), Correlation.Spearman([-1, 0, 0, 7], [9, 8, -3, 0]));

    [Theory]
    [InlineData(new double[0], new double[0])]
    [InlineData(new[] { 1.0 }, new[] { 2.0 })]
    [InlineData(new[] { 1.0, 2.0 }, new[] { 0.1, 0.1 })]
    public void PearsonAndSpearman_Undefined_AreNaN(double[] x, double[] y)
    {
        Assert.Equal(double.NaN, Correlation.Pearson(x, y));
        Assert.Equal(double.NaN, Correlation.Spearman(x, y));
    }

    [Fact]
    public void Pearson_ListsOfDifferentLength_Throws() =>
        Assert.Throws<ArgumentException>(() => Correlation.Pearson([1, 2], [1]));

    private static void AssertNear(JsonElement expected, double actual, string name) => Assert.True(
        expected.ValueKind == JsonValueKind.Null ? double.IsNaN(actual) : Math.Abs(expected.GetDouble() - actual) <= Tolerance,
        $"{name}: expected {expected}, but found {actual:R}");

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];
}
