// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A task of tab-separated files in a fixed layout.</summary>
/// <remarks>No quoting at all: a quotation mark is a character like any other
/// (google-research/bert run_classifier.py, _read_tsv).</remarks>
internal sealed class TsvTask : ClassificationTask
{
    private readonly string _name;
    private IReadOnlyList<string> _labels;

    public TsvTask(string name, params IReadOnlyList<string> labels)
    {
        _name = name;
        _labels = labels;
    }

    public override string Name => _name;

    public override IReadOnlyList<string> Labels => _labels;

    public override bool IsRegression => _labels.Count == 0;

    public override IReadOnlyList<TaskMetric> Metrics => MetricList;

    public IReadOnlyList<TaskMetric> MetricList { get; init; } = [];

    public required TsvLayout Train { get; init; }

    public required TsvLayout Dev { get; init; }

    /// <summary>Null where the task has no test set.</summary>
    public required TsvLayout? Test { get; init; }

    public override IReadOnlyList<InputExample> ReadTrain(string dataDir) => Read(dataDir, Train);

    public override IReadOnlyList<InputExample> ReadDev(string dataDir) => Read(dataDir, Dev);

    public override IReadOnlyList<InputExample> ReadTest(string dataDir) => Read(dataDir, Test
        ?? throw new TaskArgumentException(
            $"Expected a task with a test set for --do_predict, but {_name} has none in Google's code; "
            + "predict your own file with --task_name=csv."));

    public override ClassificationTask WithLabels(IReadOnlyList<string> labels)
    {
        if (labels.Count != OutputCount)
        {
            throw new TaskArgumentException(
                $"Expected a model with {OutputCount} outputs for {_name}, but this one has {labels.Count}: {Quote.List(labels)}.");
        }

        if (IsRegression || !labels.ToHashSet().SetEquals(_labels))
        {
            return this;
        }

        var task = (TsvTask)MemberwiseClone();
        task._labels = [.. labels];
        return task;
    }

    private List<InputExample> Read(string dataDir, TsvLayout layout)
    {
        string path = Path.Combine(dataDir, layout.File);
        List<string> lines = Utf8Lines.Read(path);
        var examples = new List<InputExample>(lines.Count);
        for (int i = layout.HasHeader ? 1 : 0; i < lines.Count; i++)
        {
            string[] columns = Columns(lines[i], path, i + 1);
            if (layout.Language is null || columns[0] == layout.Language)
            {
                examples.Add(Example(columns, layout, path, i));
            }
        }

        return examples.Count > 0 ? examples : throw NoExamples(path, layout);
    }

    private static string[] Columns(string line, string path, int row) => line.Length > 0
        ? line.Split('\t')
        : throw TaskDataException.At(path, row, "expected columns separated by tabs, but the line is blank; delete it.");

    private InputExample Example(string[] columns, TsvLayout layout, string path, int index)
    {
        if (columns.Length < layout.ColumnsNeeded)
        {
            throw TaskDataException.At(path, index + 1,
                $"expected at least {layout.ColumnsNeeded} columns separated by tabs for {_name}, but found {columns.Length}.");
        }

        string guid = layout.GuidColumn is int column ? columns[column] : index.ToString();
        return new InputExample($"{layout.Set}-{guid}", columns[layout.TextA],
            layout.TextB is int textB ? columns[textB] : null, Label(columns, layout, path, index + 1), index + 1);
    }

    private string? Label(string[] columns, TsvLayout layout, string path, int row)
    {
        if (layout.NoLabels || layout.LabelOfAll is not null)
        {
            return layout.LabelOfAll;
        }

        string label = columns[layout.Label];
        label = layout.Alias is (string from, string to) && label == from ? to : label;
        return ProblemWithLabel(label) is string problem
            ? throw TaskDataException.At(path, row, $"column {layout.Label.GetOffset(columns.Length) + 1}: {problem}")
            : label;
    }

    private TaskDataException NoExamples(string path, TsvLayout layout)
    {
        string kind = layout.Language is null ? "" : $" of the language {Quote.Of(layout.Language)}";
        string place = layout.HasHeader ? " below the header" : "";
        return new TaskDataException($"{path}: expected at least one line{kind}{place} for {_name}, but found none.");
    }
}
