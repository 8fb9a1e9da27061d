// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace BertManaged.Training;

/// <summary>Reads a person's comma-separated file: a header, quoting by RFC 4180, blank lines skipped,
/// a byte order mark too.</summary>
internal static class CsvReading
{
    public static DataTable Read(string path)
    {
        using var text = new StringReader(TaskFile.ReadText(path));
        using var parser = new CsvParser(text, new CsvConfiguration(CultureInfo.InvariantCulture) { IgnoreBlankLines = false });
        string[]? columns = null;
        var rows = new List<DataRow>();
        for (int row = 1; NextRecord(parser, path, row) is string[] cells; row = parser.RawRow + 1)
        {
            if (cells is [""])
            {
                continue;
            }

            if (columns is null)
            {
                columns = DataTable.Header(path, row, cells);
            }
            else
            {
                rows.Add(DataTable.Row(path, row, columns, cells));
            }
        }

        return columns is null ? throw DataTable.Empty(path) : new DataTable(path, columns, rows);
    }

    private static string[]? NextRecord(CsvParser parser, string path, int row)
    {
        try
        {
            // Fields are unquoted, and found faulty, when they are asked for.
            return parser.Read() ? parser.Record : null;
        }
        catch (BadDataException e)
        {
            throw new TaskDataException(
                $"{path}, row {row}: expected fields with quotation marks to be quoted as in \"say \"\"so\"\"\" (RFC 4180), "
                + $"but found {Quote.Of(parser.RawRecord.TrimEnd('\r', '\n'))}.", e);
        }
    }
}
