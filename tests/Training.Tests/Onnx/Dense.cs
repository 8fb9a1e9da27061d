// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests.Onnx;

/// <summary>An array of any rank, by loops that are as plain as can be.</summary>
internal sealed record Dense(int[] Shape, double[] Values)
{
    public static Dense Of(int[] shape, Func<int[], double> value)
    {
        var values = new double[shape.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = value(Coordinates(shape, i));
        }

        return new Dense(shape, values);
    }

    /// <summary>An element; dimensions of length 1, and those that are missing in front, are repeated.</summary>
    public double At(int[] coordinates)
    {
        int index = 0, skipped = coordinates.Length - Shape.Length;
        for (int d = 0; d < Shape.Length; d++)
        {
            index = (index * Shape[d]) + (Shape[d] == 1 ? 0 : coordinates[d + skipped]);
        }

        return Values[index];
    }

    public Dense Map(Func<double, double> function) => new(Shape, Array.ConvertAll(Values, x => function(x)));

    /// <summary>Element by element, with repetition.</summary>
    public static Dense Zip(Dense x, Dense y, Func<double, double, double> function)
    {
        int rank = Math.Max(x.Shape.Length, y.Shape.Length);
        int[] shape = [.. Enumerable.Range(0, rank).Select(d => Math.Max(Length(x, d), Length(y, d)))];
        return Of(shape, at => function(x.At(at), y.At(at)));

        int Length(Dense array, int d) => d < rank - array.Shape.Length ? 1 : array.Shape[d - rank + array.Shape.Length];
    }

    /// <summary>The product of the last two dimensions, for each of the others.</summary>
    public static Dense MatMul(Dense x, Dense y)
    {
        int inner = x.Shape[^1];
        return Of([.. x.Shape[..^1], y.Shape[^1]], at =>
        {
            double sum = 0;
            for (int k = 0; k < inner; k++)
            {
                sum += x.At([.. at[..^1], k]) * y.At([.. at[..^2], k, at[^1]]);
            }

            return sum;
        });
    }

    private static int[] Coordinates(int[] shape, int index)
    {
        var at = new int[shape.Length];
        for (int d = shape.Length - 1; d >= 0; d--)
        {
            (index, at[d]) = Math.DivRem(index, shape[d]);
        }

        return at;
    }
}
