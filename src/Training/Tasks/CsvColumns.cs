// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The columns of a person's own files (<c>--text-column</c>, <c>--text-b-column</c>, <c>--label-column</c>).</summary>
/// <remarks>Without <see cref="Text"/>, the first of text, text_a, sentence and sentence1 that a file has is taken;
/// with neither <see cref="Text"/> nor <see cref="TextB"/>, the second text is text_b or sentence2 where there is one.
/// Names match in any case.</remarks>
public sealed record CsvColumns
{
    private static readonly string[] UsualTexts = ["text", "text_a", "sentence", "sentence1"];

    private static readonly string[] UsualSecondTexts = ["text_b", "sentence2"];

    /// <summary>Column of the first text; null looks for the usual names.</summary>
    public string? Text { get; init; }

    /// <summary>Column of the second text of a pair; null means none, or the usual names where <see cref="Text"/> is null too.</summary>
    public string? TextB { get; init; }

    /// <summary>Column of the label.</summary>
    public string Label { get; init; } = "label";

    internal string FindText(DataTable table) => Text is not null
        ? Named(table, "--text-column", Text)
        : FirstOf(table, UsualTexts) ?? throw Missing(table, "--text-column", UsualTexts);

    internal string? FindTextB(DataTable table) => (Text, TextB) switch
    {
        (_, not null) => Named(table, "--text-b-column", TextB),
        (null, null) => FirstOf(table, UsualSecondTexts),
        _ => null,
    };

    internal string FindLabel(DataTable table) => Named(table, "--label-column", Label);

    internal string? FindLabelIfAny(DataTable table) => FirstOf(table, [Label]);

    private static string Named(DataTable table, string option, string name) =>
        FirstOf(table, [name]) ?? throw Missing(table, option, [name]);

    private static string? FirstOf(DataTable table, string[] names)
    {
        foreach (string name in names)
        {
            string? column = table.Columns.FirstOrDefault(c => c == name)
                ?? table.Columns.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (column is not null)
            {
                return column;
            }
        }

        return null;
    }

    private static TaskDataException Missing(DataTable table, string option, string[] names) => TaskDataException.At(
        table.Path, 1, $"expected a column {string.Join(" or ", names.Select(Quote.Of))}, but the columns are "
        + $"{Quote.List(table.Columns)}; name yours with {option}.");
}
