// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

/// <summary>The normal distribution in double, from its series and its continued fraction (Abramowitz, Stegun 26.2.11, 26.2.14).</summary>
internal static class NormalReference
{
    public static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    public static double Cumulative(double x) => x > 3 ? 1 - Cumulative(-x) : x < -3 ? Tail(-x) : Series(x);

    private static double Series(double x)
    {
        double term = x, sum = 0;
        for (int k = 1; Math.Abs(term) > 1e-18; k++)
        {
            sum += term;
            term *= x * x / ((2 * k) + 1);
        }

        return 0.5 + (Density(x) * sum);
    }

    private static double Tail(double x)
    {
        double fraction = x;
        for (int k = 150; k > 0; k--)
        {
            fraction = x + (k / fraction);
        }

        return Density(x) / fraction;
    }
}
