// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Counts how often each class was taken for each other one, and what follows from it.</summary>
/// <remarks>Ratios without a denominator are 0, as scikit-learn has them with zero_division=0. Everything is float64.</remarks>
public sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <summary>A matrix of zeros.</summary>
    /// <param name="classes">Number of classes, at least 1.</param>
    public ConfusionMatrix(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        Classes = classes;
        _counts = new long[classes * classes];
    }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>Number of examples counted.</summary>
    public long Total { get; private set; }

    /// <summary>Examples of the class <paramref name="truth"/> that were predicted as <paramref name="prediction"/>.</summary>
    public long this[int truth, int prediction] => _counts[(truth * Classes) + prediction];

    /// <summary>Share of right predictions; 0 without examples.</summary>
    public double Accuracy => Ratio(Correct, Total);

    /// <summary>Mean of F1 over all classes, absent ones included as 0.</summary>
    public double MacroF1 => Enumerable.Range(0, Classes).Average(F1);

    /// <summary>Mean of F1 over the classes, weighted by their true examples.</summary>
    public double WeightedF1 => Total == 0 ? 0 : Enumerable.Range(0, Classes).Sum(c => F1(c) * Support(c)) / Total;

    /// <summary>Matthews correlation in its form for any number of classes (Gorodkin 2004, R_K);
    /// 0 where the truth or the predictions know one class only.</summary>
    public double Matthews
    {
        get
        {
            double n = Total, truths = n * n, predictions = n * n, covariance = n * Correct;
            for (int c = 0; c < Classes; c++)
            {
                double support = Support(c), predicted = Predicted(c);
                covariance -= support * predicted;
                truths -= support * support;
                predictions -= predicted * predicted;
            }

            return truths == 0 || predictions == 0 ? 0 : covariance / Math.Sqrt(truths) / Math.Sqrt(predictions);
        }
    }

    private long Correct => Enumerable.Range(0, Classes).Sum(c => this[c, c]);

    /// <summary>The matrix of parallel lists of classes.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <param name="truths">True classes, [N].</param>
    /// <param name="predictions">Predicted classes, [N].</param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static ConfusionMatrix Of(int classes, ReadOnlySpan<int> truths, ReadOnlySpan<int> predictions)
    {
        if (truths.Length != predictions.Length)
        {
            throw new ArgumentException($"Expected as many predictions as truths ({truths.Length}), but found {predictions.Length}.");
        }

        var matrix = new ConfusionMatrix(classes);
        for (int i = 0; i < truths.Length; i++)
        {
            matrix.Add(truths[i], predictions[i]);
        }

        return matrix;
    }

    /// <summary>Counts one example.</summary>
    /// <param name="truth">True class, in [0, Classes).</param>
    /// <param name="prediction">Predicted class, in [0, Classes).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void Add(int truth, int prediction)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)Classes, nameof(truth));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)prediction, (uint)Classes, nameof(prediction));
        _counts[(truth * Classes) + prediction]++;
        Total++;
    }

    /// <summary>True examples of a class.</summary>
    public long Support(int label) => Enumerable.Range(0, Classes).Sum(prediction => this[label, prediction]);

    /// <summary>Share of the predictions of a class that are right.</summary>
    public double Precision(int label) => Ratio(this[label, label], Predicted(label));

    /// <summary>Share of the true examples of a class that were found.</summary>
    public double Recall(int label) => Ratio(this[label, label], Support(label));

    /// <summary>Harmonic mean of precision and recall of a class.</summary>
    public double F1(int label) => Ratio(2 * this[label, label], Support(label) + Predicted(label));

    private long Predicted(int label) => Enumerable.Range(0, Classes).Sum(truth => this[truth, label]);

    private static double Ratio(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
