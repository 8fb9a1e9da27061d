// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Training;

/// <summary>Reads a file of one JSON object per line; blank lines are skipped. Numbers and true/false are taken as
/// they are written.</summary>
internal static class JsonLinesReading
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    public static DataTable Read(string path)
    {
        List<string> lines = Utf8Lines.Read(path);
        var columns = new List<string>();
        var rows = new List<DataRow>(lines.Count);
        for (int i = 0; i < lines.Count; i++)
        {
            string line = i == 0 ? lines[i].TrimStart('\uFEFF') : lines[i];
            if (!string.IsNullOrWhiteSpace(line))
            {
                Dictionary<string, string?> cells = Cells(line, path, i + 1);
                columns.AddRange(cells.Keys.Where(key => !columns.Contains(key)));
                rows.Add(new DataRow(i + 1, cells));
            }
        }

        return rows.Count > 0
            ? new DataTable(path, columns, rows)
            : throw new TaskDataException($"{path}: expected one JSON object per line, but the file is empty.");
    }

    private static Dictionary<string, string?> Cells(string line, string path, int row)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Options);
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                throw TaskDataException.At(path, row, $"expected a JSON object, but found {Kind(root)}.");
            }

            return root.EnumerateObject().ToDictionary(p => p.Name, p => Cell(p, path, row));
        }
        catch (JsonException e)
        {
            // The parser counts bytes within the text it was given, which is one line.
            string where = e.BytePositionInLine is long at ? $" at byte {at + 1} of the line" : "";
            throw new TaskDataException(
                $"{path}, row {row}: expected a JSON object, but it is not well-formed{where}: {Quote.Of(line)}.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new TaskDataException($"{path}, row {row}: expected valid text in the JSON strings, but found half a surrogate pair.", e);
        }
    }

    private static string? Cell(JsonProperty property, string path, int row) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString(),
        JsonValueKind.Null => null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
        _ => throw TaskDataException.At(path, row,
            $"expected a text or a number for {Quote.Of(property.Name)}, but found {Kind(property.Value)}."),
    };

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        _ => Quote.Of(element.GetRawText()),
    };
}
