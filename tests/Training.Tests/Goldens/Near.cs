// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

internal static class Near
{
    /// <summary>Every element within an absolute tolerance.</summary>
    public static void Absolute(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} elements, found {actual.Length}");
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(
                error <= tolerance, $"{what}[{i}]: expected {expected[i]}, found {actual[i]}, error {error:e2}, tolerance {tolerance:e2}");
        }
    }
}
