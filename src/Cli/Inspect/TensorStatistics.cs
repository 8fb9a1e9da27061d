// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using BertManaged.Formats;

namespace BertManaged.Cli;

/// <summary>What the elements of a tensor are like. NaN is counted and else left out.</summary>
/// <param name="Mean">Arithmetic mean.</param>
/// <param name="StandardDeviation">Of all elements, not of a sample: divided by n.</param>
/// <param name="Norm">Square root of the sum of squares.</param>
/// <param name="NaNCount">Elements that are no number.</param>
internal sealed record TensorStatistics(double Mean, double StandardDeviation, double Norm, long NaNCount)
{
    /// <summary>Reads a tensor and takes its statistics; null where its elements are no numbers.</summary>
    /// <exception cref="TensorFileException">It cannot be read, or is not what its checksum says.</exception>
    public static TensorStatistics? Of(ITensorFile file, TensorInfo tensor)
    {
        if (!tensor.Type.IsConvertible())
        {
            return null;
        }

        if (tensor.ElementCount > Array.MaxLength)
        {
            throw new TensorFileException(file.Path, $"tensor '{tensor.Name}' {tensor.ShapeText} has more elements than one array holds");
        }

        if (tensor.Type is ElementType.Float32 or ElementType.Float16 or ElementType.BFloat16)
        {
            var singles = new float[tensor.ElementCount];
            file.ReadSingles(tensor.Name, singles);
            return Of<float>(singles);
        }

        var doubles = new double[tensor.ElementCount];
        file.ReadDoubles(tensor.Name, doubles);
        return Of<double>(doubles);
    }

    /// <summary>In two passes, so that a large mean takes no digits from the deviation.</summary>
    private static TensorStatistics Of<T>(ReadOnlySpan<T> values)
        where T : INumber<T>
    {
        double sum = 0, squares = 0;
        long count = 0;
        foreach (T value in values)
        {
            if (!T.IsNaN(value))
            {
                double x = double.CreateChecked(value);
                (sum, squares, count) = (sum + x, squares + (x * x), count + 1);
            }
        }

        double mean = sum / count;
        double deviations = 0;
        foreach (T value in values)
        {
            double x = double.CreateChecked(value) - mean;
            deviations += T.IsNaN(value) ? 0 : x * x;
        }

        return new TensorStatistics(mean, Math.Sqrt(deviations / count), Math.Sqrt(squares), values.Length - count);
    }
}
