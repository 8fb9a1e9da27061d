// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Inspect;

/// <summary>Compares arrays element by element.</summary>
internal static class Near
{
    /// <summary>The largest difference is within the tolerance.</summary>
    public static void Equal(string name, ReadOnlySpan<double> expected, ReadOnlySpan<double> found, double tolerance)
    {
        Assert.True(expected.Length == found.Length, $"{name}: {expected.Length} elements expected, {found.Length} found");
        double worst = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - found[i]);
            worst = double.IsNaN(error) ? double.PositiveInfinity : Math.Max(worst, error);
        }

        Assert.True(worst <= tolerance, $"{name}: off by {worst:e2}, allowed is {tolerance:e2}");
    }
}
