// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Training;

/// <summary>A person's own files: train, dev and test, each as .csv, .tsv or .jsonl, with any labels.</summary>
internal sealed class CsvTask : ClassificationTask
{
    /// <summary>More than this are texts or numbers of rows, not classes.</summary>
    private const int MostLabels = 1000;

    private readonly CsvColumns _columns;
    private readonly IReadOnlyList<string>? _labels;

    /// <param name="columns">Which columns to read.</param>
    /// <param name="labels">Labels in the order of the classes; null until the training file says.</param>
    public CsvTask(CsvColumns columns, IReadOnlyList<string>? labels)
    {
        _columns = columns;
        _labels = labels;
    }

    public override string Name => "csv";

    public override IReadOnlyList<string> Labels => _labels ?? throw new InvalidOperationException(
        "The labels of a csv task come from its training file or from a model: call WithLabelsFrom or WithLabels first.");

    public override IReadOnlyList<InputExample> ReadTrain(string dataDir) => Read(dataDir, "train", needsLabels: true);

    public override IReadOnlyList<InputExample> ReadDev(string dataDir) => Read(dataDir, "dev", needsLabels: true);

    public override IReadOnlyList<InputExample> ReadTest(string dataDir) => Read(dataDir, "test", needsLabels: false);

    public override ClassificationTask WithLabels(IReadOnlyList<string> labels) => new CsvTask(_columns, [.. labels]);

    /// <summary>Takes the labels of the training file: ascending as numbers if all are whole numbers, else by code unit.</summary>
    public override ClassificationTask WithLabelsFrom(string dataDir)
    {
        if (_labels is not null)
        {
            return this;
        }

        DataTable table = DataTable.Find(dataDir, "train");
        string column = _columns.FindLabel(table);
        string[] labels = Sorted(table.Rows.Select(row => Label(row, column, table)).ToHashSet());
        if (labels.Length > MostLabels)
        {
            throw new TaskDataException(
                $"{table.Path}: expected classes in column {Quote.Of(column)}, but its {table.Rows.Count} rows have "
                + $"{labels.Length} different labels, more than {MostLabels}; name the right column with --label-column.");
        }

        return labels.Length > 1
            ? new CsvTask(_columns, labels)
            : throw new TaskDataException(
                $"{table.Path}: expected at least two different labels in column {Quote.Of(column)}, "
                + (labels.Length == 1 ? $"but every row has {Quote.Of(labels[0])}." : "but there are no rows."));
    }

    private static string[] Sorted(HashSet<string> labels)
    {
        bool numbers = labels.All(label => long.TryParse(label, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _));
        return numbers
            ? [.. labels.OrderBy(long.Parse).ThenBy(label => label, StringComparer.Ordinal)]
            : [.. labels.Order(StringComparer.Ordinal)];
    }

    private List<InputExample> Read(string dataDir, string set, bool needsLabels)
    {
        DataTable table = DataTable.Find(dataDir, set);
        string text = _columns.FindText(table);
        string? textB = _columns.FindTextB(table);
        string? label = needsLabels ? _columns.FindLabel(table) : _columns.FindLabelIfAny(table);
        var examples = new List<InputExample>(table.Rows.Count);
        foreach (DataRow row in table.Rows)
        {
            examples.Add(new InputExample($"{set}-{row.Number}", Text(row, text, table), textB is null ? null : Text(row, textB, table),
                needsLabels ? KnownLabel(row, label!, table) : LabelIfAny(row, label), row.Number));
        }

        return examples.Count > 0
            ? examples
            : throw new TaskDataException($"{table.Path}: expected at least one row below the header, but found none.");
    }

    private static string Text(DataRow row, string column, DataTable table) => row.Cell(column)
        ?? throw TaskDataException.At(table.Path, row.Number,
            $"expected a text in {Quote.Of(column)}, but the row has only {Quote.List([.. row.Cells.Keys])}.");

    private string KnownLabel(DataRow row, string column, DataTable table)
    {
        string label = Label(row, column, table);
        return _labels is not null && ProblemWithLabel(label) is string problem
            ? throw TaskDataException.At(table.Path, row.Number, $"column {Quote.Of(column)}: {problem}")
            : label;
    }

    private static string Label(DataRow row, string column, DataTable table) => LabelIfAny(row, column)
        ?? throw TaskDataException.At(table.Path, row.Number, $"expected a label in column {Quote.Of(column)}, but found none.");

    /// <summary>Spaces around a label are slips of the hand and would make a class of their own.</summary>
    private static string? LabelIfAny(DataRow row, string? column) =>
        column is not null && row.Cell(column)?.Trim() is { Length: > 0 } label ? label : null;
}
