// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The error function in double precision, from its two textbook expansions.</summary>
/// <remarks>Abramowitz, Stegun 1964: 7.1.6 (series) and 7.1.14 (continued fraction).</remarks>
internal static class DoubleErf
{
    /// <summary>Below this the series converges fast and without cancellation; above it the fraction needs few terms.</summary>
    private const double Crossover = 2.5;

    private const int FractionTerms = 120;

    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (double.IsNaN(x))
        {
            return x;
        }

        double erf = magnitude < Crossover ? Series(magnitude) : 1 - Complement(magnitude);
        return Math.CopySign(erf, x);
    }

    /// <summary>2/√π · exp(−x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)): all terms are positive.</summary>
    private static double Series(double x)
    {
        double term = x, sum = x;
        for (int n = 1; term > sum * 1e-18; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>erfc(x) = exp(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), evaluated from its end.</summary>
    private static double Complement(double x)
    {
        if (x > 27)
        {
            return 0;
        }

        double fraction = x;
        for (int k = FractionTerms; k >= 1; k--)
        {
            fraction = x + (k / 2.0 / fraction);
        }

        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
