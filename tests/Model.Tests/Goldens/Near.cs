// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model.Tests;

internal static class Near
{
    /// <summary>Every element within an absolute tolerance.</summary>
    public static void Absolute(double[] expected, ReadOnlySpan<double> actual, double tolerance, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: expected {expected.Length} elements, found {actual.Length}");
        double worst = 0;
        int at = -1;
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            if (!(error <= worst))
            {
                (worst, at) = (error, i);
            }
        }

        Assert.True(worst <= tolerance, $"{what}: largest error {worst:e2} at {at}, tolerance {tolerance:e2}");
    }

    /// <summary>The real rows of [B, S, width] against packed rows.</summary>
    public static void PackedRows(double[] expected, int[] lengths, int padded, ReadOnlySpan<double> packed, double tolerance, string what)
    {
        int width = expected.Length / (lengths.Length * padded), row = 0;
        for (int b = 0; b < lengths.Length; b++)
        {
            int start = b * padded * width;
            Absolute(
                expected[start..(start + (lengths[b] * width))], packed.Slice(row * width, lengths[b] * width), tolerance,
                $"{what} of sequence {b}");
            row += lengths[b];
        }
    }
}
