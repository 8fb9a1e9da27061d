// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Training;

/// <summary>What a fine-tuning task reads and what it answers: its files, its labels, its metrics.</summary>
/// <remarks>MRPC, CoLA, MNLI and XNLI are read exactly as the processors of google-research/bert
/// run_classifier.py @ eedf571 read them. Tasks are immutable.</remarks>
public abstract class ClassificationTask
{
    private protected ClassificationTask()
    {
    }

    /// <summary>Names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> KnownNames { get; } =
        ["mrpc", "cola", "mnli", "xnli", "sst-2", "rte", "sts-b", "csv"];

    /// <summary>Name in lower case, one of <see cref="KnownNames"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The labels; the index of a label is its class. Empty for a regression.</summary>
    /// <exception cref="InvalidOperationException">The labels of a csv task were not set by
    /// <see cref="WithLabelsFrom"/> or <see cref="WithLabels"/> yet.</exception>
    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>Whether the answer is a number instead of a label.</summary>
    public virtual bool IsRegression => false;

    /// <summary>Number of logits of the head: one per label, 1 for a regression.</summary>
    public int OutputCount => IsRegression ? 1 : Labels.Count;

    /// <summary>What the task reports beside accuracy and loss.</summary>
    public virtual IReadOnlyList<TaskMetric> Metrics => [];

    /// <summary>The class that F1 is about: that of the label "1", or else class 1.</summary>
    public int PositiveClass => IndexOf("1") is >= 0 and int one ? one : 1;

    /// <summary>The examples to train on, in file order. Allocates all of them.</summary>
    /// <param name="dataDir">Folder of the task's files.</param>
    /// <exception cref="TaskArgumentException">The file is not there.</exception>
    /// <exception cref="TaskDataException">The file's content is not as expected.</exception>
    public abstract IReadOnlyList<InputExample> ReadTrain(string dataDir);

    /// <summary>The examples to evaluate on, in file order. Allocates all of them.</summary>
    /// <inheritdoc cref="ReadTrain"/>
    public abstract IReadOnlyList<InputExample> ReadDev(string dataDir);

    /// <summary>The examples to predict, in file order. Their labels mean nothing. Allocates all of them.</summary>
    /// <inheritdoc cref="ReadTrain"/>
    public abstract IReadOnlyList<InputExample> ReadTest(string dataDir);

    /// <summary>The class of an example: the index of its label; 0, as Google's programs have it, where it has none.</summary>
    /// <exception cref="TaskDataException">The label is not one of <see cref="Labels"/>.</exception>
    public int LabelId(InputExample example)
    {
        if (example.Label is null)
        {
            return 0;
        }

        int id = IndexOf(example.Label);
        return id >= 0 ? id : throw new TaskDataException($"Example {example.Guid} (row {example.Row}): {UnknownLabel(example.Label)}");
    }

    /// <summary>The number that a regression should answer; 0 where the example has none.</summary>
    /// <exception cref="TaskDataException">The label is not a finite number.</exception>
    public static float Score(InputExample example)
    {
        if (example.Label is null)
        {
            return 0f;
        }

        return TryScore(example.Label, out float score)
            ? score
            : throw new TaskDataException($"Example {example.Guid} (row {example.Row}): {NoScore(example.Label)}");
    }

    /// <summary>The task with the labels that a model brings (id2label, in the order of its head's rows).</summary>
    /// <remarks>The task's own labels in another order are taken in that order. Names the task does not know
    /// (LABEL_0, "equivalent") leave the task's labels as they are, by their number. A csv task takes any names.</remarks>
    /// <exception cref="TaskArgumentException">The model has another number of labels.</exception>
    public abstract ClassificationTask WithLabels(IReadOnlyList<string> labels);

    /// <summary>The task with its labels settled: itself where they are, else with those found in the training file.</summary>
    /// <inheritdoc cref="ReadTrain"/>
    public virtual ClassificationTask WithLabelsFrom(string dataDir) => this;

    /// <summary>The task of a name, in any case.</summary>
    /// <param name="name">One of <see cref="KnownNames"/>; "sst2" and "stsb" are understood too.</param>
    /// <param name="columns">Column names for csv; the default looks for the usual ones.</param>
    /// <exception cref="TaskArgumentException">There is no such task.</exception>
    public static ClassificationTask Find(string name, CsvColumns? columns = null) => name.ToLowerInvariant() switch
    {
        "mrpc" => GoogleTasks.Mrpc,
        "cola" => GoogleTasks.Cola,
        "mnli" => GoogleTasks.Mnli,
        "xnli" => GoogleTasks.Xnli,
        "sst-2" or "sst2" => GlueTasks.Sst2,
        "rte" => GlueTasks.Rte,
        "sts-b" or "stsb" => GlueTasks.StsB,
        "csv" => new CsvTask(columns ?? new CsvColumns(), labels: null),
        _ => throw new TaskArgumentException(
            $"Expected --task_name to be one of {string.Join(", ", KnownNames)}, but found {Quote.Of(name)}; "
            + "csv reads your own files."),
    };

    private protected int IndexOf(string label)
    {
        IReadOnlyList<string> labels = Labels;
        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i] == label)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>What is wrong with a label, or null.</summary>
    private protected string? ProblemWithLabel(string label)
    {
        if (IsRegression)
        {
            return TryScore(label, out _) ? null : NoScore(label);
        }

        return IndexOf(label) >= 0 ? null : UnknownLabel(label);
    }

    private static bool TryScore(string label, out float score) =>
        float.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out score) && float.IsFinite(score);

    private static string NoScore(string label) => $"expected a number as score, but found {Quote.Of(label)}.";

    private string UnknownLabel(string label) =>
        $"expected one of the labels {Quote.List(Labels)}, but found {Quote.Of(label)}.";
}
