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
        bool passed = _rows.Count > 0 && _rows.TrueForAll(entry => Passed(entry.Row));
        if (asJson)
        {
            JsonOutput.Print(json => Write(json, passed));
        }
        else
        {
            PrintTable();
        }

        return passed;
    }

    /// <summary>A key's bias adds the same to all scores of a row, and softmax does not notice: its gradient is 0 in truth.</summary>
    private static bool IsZeroInTruth(GradientCheckRow row) =>
        row.Verdict == GradientVerdict.ProvesNothing && row.Name.EndsWith(".attention.self.key.bias", StringComparison.Ordinal);

    private static bool Passed(GradientCheckRow row) => row.Verdict == GradientVerdict.Right || IsZeroInTruth(row);

    private static string Verdict(GradientCheckRow row) => IsZeroInTruth(row) ? "0, as it must be" : row.Verdict switch
    {
        GradientVerdict.Right => "ok",
        GradientVerdict.Wrong => "WRONG",
        _ => "PROVES NOTHING",
    };

    private static string Number(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    private void PrintTable()
    {
        var table = new TextTable("checked", "parameter", "coordinates>", "largest gradient>", "largest error>", "");
        foreach ((string subject, GradientCheckRow row) in _rows)
        {
            table.Add(
                subject, row.Name, row.Coordinates.ToString(CultureInfo.InvariantCulture), Number(row.LargestGradient),
                Number(row.LargestError), Verdict(row));
        }

        table.Write(Console.Out);
        Console.Out.WriteLine();
        Console.Out.WriteLine("error = |gradient - central difference| / (1 + |central difference|), in float64; "
            + $"passed up to {Number(GradientCheck.Tolerance)}");
        Console.Out.WriteLine(Summary());
    }

    private string Summary()
    {
        int wrong = Count(GradientVerdict.Wrong), zeros = _rows.Count(entry => IsZeroInTruth(entry.Row));
        int nothing = Count(GradientVerdict.ProvesNothing) - zeros, right = Count(GradientVerdict.Right);
        return wrong > 0 ? $"{wrong} of {_rows.Count} gradients are wrong"
            : nothing > 0 ? $"{nothing} of {_rows.Count} gradients are 0 up to {Number(GradientCheck.SmallestProof)}, which proves nothing"
            : zeros > 0 ? $"all {right} gradients are right; {zeros} more, of key biases, are 0 as they must be"
            : $"all {right} gradients are right";
    }

    private int Count(GradientVerdict verdict) => _rows.Count(entry => entry.Row.Verdict == verdict);

    private void Write(Utf8JsonWriter json, bool passed)
    {
        json.WriteStartObject();
        json.WriteNumber("tolerance", GradientCheck.Tolerance);
        json.WriteBoolean("passed", passed);
        json.WriteStartArray("gradients");
        foreach ((string subject, GradientCheckRow row) in _rows)
        {
            json.WriteStartObject();
            json.WriteString("checked", subject);
            json.WriteString("parameter", row.Name);
            json.WriteNumber("coordinates", row.Coordinates);
            json.WriteFinite("largest_gradient", row.LargestGradient);
            json.WriteFinite("largest_error", row.LargestError);
            json.WriteString("verdict", Verdict(row));
            json.WriteBoolean("passed", Passed(row));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
