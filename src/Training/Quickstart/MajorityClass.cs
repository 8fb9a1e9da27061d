// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Always answers the most frequent class of the training examples: what knowing nothing is worth.</summary>
public sealed class MajorityClass
{
    private MajorityClass(int prediction) => Prediction = prediction;

    /// <summary>The class it answers; the first of equally frequent ones.</summary>
    public int Prediction { get; }

    /// <summary>Counts the labels of the examples.</summary>
    /// <param name="task">The task, with its labels settled.</param>
    /// <param name="examples">Labelled examples.</param>
    public static MajorityClass Train(ClassificationTask task, IReadOnlyList<InputExample> examples)
    {
        var counts = new int[task.OutputCount];
        foreach (InputExample example in examples)
        {
            counts[task.LabelId(example)]++;
        }

        return new MajorityClass(Array.IndexOf(counts, counts.Max()));
    }

    /// <summary>Share of examples of that class.</summary>
    /// <param name="task">The task of the training.</param>
    /// <param name="examples">Labelled examples.</param>
    public double Accuracy(ClassificationTask task, IReadOnlyList<InputExample> examples) =>
        examples.Count == 0 ? 0 : (double)examples.Count(e => task.LabelId(e) == Prediction) / examples.Count;
}
