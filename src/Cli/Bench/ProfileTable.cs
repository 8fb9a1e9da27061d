// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BertManaged.Cli;

/// <summary>Where the time of a step goes, kernel by kernel, the longest first; the last row is what is left.</summary>
internal sealed class ProfileTable
{
    private readonly IReadOnlyList<Row> _rows;

    /// <param name="backend">What the counted steps ran on, and nothing else since it was cleared.</param>
    /// <param name="steps">What they took altogether.</param>
    public ProfileTable(ProfilingBackend backend, Durations steps)
    {
        double seconds = steps.TotalSeconds;
        Row[] kernels =
        [
            .. backend.Kernels.Select(kernel => Row.Of(kernel.Name, kernel.Totals, steps)).OrderByDescending(row => row.Milliseconds),
        ];
        double outside = (1000 * seconds / steps.Count) - kernels.Sum(row => row.Milliseconds);
        _rows = [.. kernels, new Row("outside of kernels", null, outside, 1 - kernels.Sum(row => row.Share), null, null)];
    }

    public void Print(TextWriter output)
    {
        var table = new TextTable("op", "calls>", "ms>", "share>", "rate>", "");
        foreach (Row row in _rows)
        {
            string unit = row.GigaFlops is not null ? "GFLOP/s" : row.GigaBytes is not null ? "GB/s" : "";
            table.Add(
                row.Op, Text(row.Calls, "0.#"), Text(row.Milliseconds, "F3"), $"{Text(100 * row.Share, "F1")} %",
                Text(row.GigaFlops ?? row.GigaBytes, "F1"), unit);
        }

        table.Write(output);
    }

    public void Write(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray(name);
        foreach (Row row in _rows)
        {
            json.WriteStartObject();
            json.WriteString("op", row.Op);
            WriteKnown(json, "calls_per_step", row.Calls);
            json.WriteNumber("ms_per_step", row.Milliseconds);
            json.WriteNumber("share", row.Share);
            WriteKnown(json, "gflops", row.GigaFlops);
            WriteKnown(json, "gigabytes_per_second", row.GigaBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteKnown(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A kernel, for a step. A rate is null where it is of the other kind, or where there is none.</summary>
    private sealed record Row(string Op, double? Calls, double Milliseconds, double Share, double? GigaFlops, double? GigaBytes)
    {
        public static Row Of(string op, KernelTotals totals, Durations steps)
        {
            double seconds = (double)totals.Ticks / Stopwatch.Frequency;
            return new Row(
                op, (double)totals.Calls / steps.Count, 1000 * seconds / steps.Count, seconds / steps.TotalSeconds,
                Rate(totals.Flops, seconds), Rate(totals.Bytes, seconds));
        }

        private static double? Rate(double amount, double seconds) => amount > 0 && seconds > 0 ? amount / seconds / 1e9 : null;
    }
}
