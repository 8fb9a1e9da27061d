// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using BertManaged.Autograd;

namespace BertManaged.Cli;

/// <summary>What a gradient check found: a table for people, or JSON.</summary>
internal sealed class GradCheckReport(bool asJson)
{
    private readonly List<(string Subject, GradientCheckRow Row)> _rows = [];

    public void Add(string subject, IReadOnlyList<GradientCheckRow> rows) => _rows.AddRange(rows.Select(row => (subject, row)));

    /// <summary>Prints all rows and the verdict.</summary>
    /// <returns>Whether everything passed.</returns>
    public bool Print()
    {
        int failed = _rows.Count(entry => !Passed(entry.Row));
        if (asJson)
        {
            JsonOutput.Print(json => Write(json, failed));
        }
        else
        {
            PrintTable(failed);
        }

        return failed == 0 && _rows.Count > 0;
    }

    private static bool Passed(GradientCheckRow row) => row.LargestError <= GradientCheck.Tolerance;

    private static string Number(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    private void PrintTable(int failed)
    {
        var table = new TextTable("checked", "parameter", "coordinates>", "largest gradient>", "largest error>", "");
        foreach ((string subject, GradientCheckRow row) in _rows)
        {
            table.Add(
                subject, row.Name, row.Coordinates.ToString(CultureInfo.InvariantCulture), Number(row.LargestGradient),
                Number(row.LargestError), Passed(row) ? "ok" : "WRONG");
        }

        table.Write(Console.Out);
        Console.Out.WriteLine();
        Console.Out.WriteLine("error = |gradient - central difference| / (1 + |central difference|), in float64; "
            + $"passed up to {Number(GradientCheck.Tolerance)}");
        Console.Out.WriteLine(failed == 0 ? $"all {_rows.Count} gradients are right" : $"{failed} of {_rows.Count} gradients are wrong");
    }

    private void Write(Utf8JsonWriter json, int failed)
    {
        json.WriteStartObject();
        json.WriteNumber("tolerance", GradientCheck.Tolerance);
        json.WriteBoolean("passed", failed == 0);
        json.WriteStartArray("gradients");
        foreach ((string subject, GradientCheckRow row) in _rows)
        {
            json.WriteStartObject();
            json.WriteString("checked", subject);
            json.WriteString("parameter", row.Name);
            json.WriteNumber("coordinates", row.Coordinates);
            json.WriteFinite("largest_gradient", row.LargestGradient);
            json.WriteFinite("largest_error", row.LargestError);
            json.WriteBoolean("passed", Passed(row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
