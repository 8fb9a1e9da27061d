// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Reads a person's tab-separated file: a header, no quoting, blank lines skipped, a byte order mark too.</summary>
internal static class TsvReading
{
    public static DataTable Read(string path)
    {
        List<string> lines = Utf8Lines.Read(path);
        int header = lines.FindIndex(line => line.Trim('\uFEFF').Length > 0);
        if (header < 0)
        {
            throw DataTable.Empty(path);
        }

        string[] columns = DataTable.Header(path, header + 1, lines[header].TrimStart('\uFEFF').Split('\t'));
        var rows = new List<DataRow>(lines.Count);
        for (int i = header + 1; i < lines.Count; i++)
        {
            if (lines[i].Length > 0)
            {
                rows.Add(DataTable.Row(path, i + 1, columns, lines[i].Split('\t')));
            }
        }

        return new DataTable(path, columns, rows);
    }
}
