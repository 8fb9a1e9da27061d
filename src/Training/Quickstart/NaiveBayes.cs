// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Classifies by counting words: the baseline that a network has to be held against.</summary>
/// <remarks>Multinomial naive Bayes with add-one smoothing: argmax over c of log P(c) + Σ log P(w|c),
/// P(w|c) = (n(w,c) + 1) / (n(c) + V). Words that the training text does not have say nothing.
/// Words are lower-cased runs of letters and digits.</remarks>
public sealed class NaiveBayes
{
    private readonly Dictionary<string, int[]> _counts = [];
    private readonly long[] _words;
    private readonly double[] _logPriors;

    private NaiveBayes(int classes)
    {
        _words = new long[classes];
        _logPriors = new double[classes];
    }

    /// <summary>Counts the words of the examples.</summary>
    /// <param name="task">The task, with its labels settled.</param>
    /// <param name="examples">Labelled examples, at least one.</param>
    public static NaiveBayes Train(ClassificationTask task, IReadOnlyList<InputExample> examples)
    {
        var model = new NaiveBayes(task.OutputCount);
        var perClass = new int[task.OutputCount];
        foreach (InputExample example in examples)
        {
            int label = task.LabelId(example);
            perClass[label]++;
            foreach (string word in WordsOf(example))
            {
                model.Count(word, label);
            }
        }

        for (int c = 0; c < perClass.Length; c++)
        {
            model._logPriors[c] = Math.Log((double)perClass[c] / examples.Count);
        }

        return model;
    }

    /// <summary>The most probable class.</summary>
    public int Predict(InputExample example)
    {
        double[] scores = [.. _logPriors];
        foreach (string word in WordsOf(example))
        {
            if (_counts.TryGetValue(word, out int[]? counts))
            {
                for (int c = 0; c < scores.Length; c++)
                {
                    scores[c] += Math.Log((counts[c] + 1.0) / (_words[c] + _counts.Count));
                }
            }
        }

        return Array.IndexOf(scores, scores.Max());
    }

    /// <summary>The matrix of true and predicted classes.</summary>
    /// <param name="task">The task of the training.</param>
    /// <param name="examples">Labelled examples.</param>
    public ConfusionMatrix Evaluate(ClassificationTask task, IReadOnlyList<InputExample> examples)
    {
        var confusion = new ConfusionMatrix(task.OutputCount);
        foreach (InputExample example in examples)
        {
            confusion.Add(task.LabelId(example), Predict(example));
        }

        return confusion;
    }

    private static IEnumerable<string> WordsOf(InputExample example) =>
        example.TextB is null ? Words.Of(example.TextA) : Words.Of(example.TextA).Concat(Words.Of(example.TextB));

    private void Count(string word, int label)
    {
        if (!_counts.TryGetValue(word, out int[]? counts))
        {
            _counts.Add(word, counts = new int[_words.Length]);
        }

        counts[label]++;
        _words[label]++;
    }
}
