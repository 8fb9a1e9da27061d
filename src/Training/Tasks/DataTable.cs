// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>A file of rows with named columns: .csv, .tsv or .jsonl.</summary>
/// <param name="Path">Where it was read from.</param>
/// <param name="Columns">Names in the order of the file.</param>
/// <param name="Rows">All rows.</param>
internal sealed record DataTable(string Path, IReadOnlyList<string> Columns, IReadOnlyList<DataRow> Rows)
{
    private static readonly string[] Extensions = [".csv", ".tsv", ".jsonl"];

    /// <summary>Reads the one file of a set in a folder.</summary>
    /// <param name="dataDir">The folder.</param>
    /// <param name="set">train, dev or test.</param>
    /// <exception cref="TaskArgumentException">There is none, or more than one.</exception>
    public static DataTable Find(string dataDir, string set)
    {
        string[] found = [.. Extensions.Select(e => System.IO.Path.Combine(dataDir, set + e)).Where(System.IO.Path.Exists)];
        return found.Length switch
        {
            1 => Read(found[0]),
            0 => throw TaskFile.Missing(System.IO.Path.Combine(dataDir, set), $"one of {Names(Extensions.Select(e => set + e))}"),
            _ => throw new TaskArgumentException(
                $"Expected one {set} file in {dataDir}, but found {Names(found)}; keep the one that you mean."),
        };
    }

    /// <summary>Reads a file by its extension.</summary>
    public static DataTable Read(string path) => System.IO.Path.GetExtension(path) switch
    {
        ".csv" => CsvReading.Read(path),
        ".tsv" => TsvReading.Read(path),
        _ => JsonLinesReading.Read(path),
    };

    /// <summary>The names of a header, without spaces around them.</summary>
    /// <exception cref="TaskDataException">A name is there twice.</exception>
    public static string[] Header(string path, int row, IEnumerable<string> cells)
    {
        string[] names = [.. cells.Select(c => c.Trim())];
        string? twice = names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1)?.Key;
        return twice is null
            ? names
            : throw TaskDataException.At(path, row, $"expected a header of different column names, but {Quote.Of(twice)} is there twice.");
    }

    /// <summary>A row with as many cells as the header.</summary>
    public static DataRow Row(string path, int row, string[] columns, string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw TaskDataException.At(path, row,
                $"expected {columns.Length} columns as in the header ({Quote.List(columns)}), but found {cells.Length}.");
        }

        var named = new Dictionary<string, string?>(columns.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            named.Add(columns[i], cells[i]);
        }

        return new DataRow(row, named);
    }

    /// <summary>The error for a file without even a header.</summary>
    public static TaskDataException Empty(string path) =>
        new($"{path}: expected a header with column names and rows below it, but the file is empty.");

    private static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(n => System.IO.Path.GetFileName(n)));
}
