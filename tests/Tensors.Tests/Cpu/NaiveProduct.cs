// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

/// <summary>Matrix products in double, as one writes them on paper, with the sum of the absolute terms of each element.</summary>
internal sealed class NaiveProduct
{
    public double[] Values { get; private init; } = [];

    public double[] Magnitudes { get; private init; } = [];

    /// <summary>c[i, j] = Σ_k a(i, k) · b(k, j).</summary>
    public static NaiveProduct Of(int rows, int columns, int depth, Func<int, int, double> a, Func<int, int, double> b)
    {
        double[] values = new double[rows * columns], magnitudes = new double[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < depth; k++)
            {
                double factor = a(i, k);
                for (int j = 0; j < columns; j++)
                {
                    double term = factor * b(k, j);
                    values[(i * columns) + j] += term;
                    magnitudes[(i * columns) + j] += Math.Abs(term);
                }
            }
        }

        return new NaiveProduct { Values = values, Magnitudes = magnitudes };
    }

    /// <summary>With something added to each element.</summary>
    public NaiveProduct Plus(Func<int, double> addend) => new()
    {
        Values = [.. Values.Select((value, i) => value + addend(i))],
        Magnitudes = [.. Magnitudes.Select((value, i) => value + Math.Abs(addend(i)))],
    };
}
