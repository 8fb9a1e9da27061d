// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>A table of aligned columns, the same on a terminal and in a file.</summary>
/// <param name="headings">Of the columns; those that end in &gt; are aligned to the right.</param>
internal sealed class TextTable(params string[] headings)
{
    private const string Gap = "  ";

    private readonly List<string[]> _rows = [[.. headings.Select(heading => heading.TrimEnd('>'))]];

    public void Add(params string[] cells) => _rows.Add(cells);

    public void Write(TextWriter output)
    {
        int[] widths = [.. headings.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => Aligned(cell, column, widths[column]))).TrimEnd());
        }
    }

    private string Aligned(string cell, int column, int width) =>
        headings[column].EndsWith('>') ? cell.PadLeft(width) : cell.PadRight(width);
}
