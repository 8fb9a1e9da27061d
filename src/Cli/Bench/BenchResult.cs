// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;

namespace BertManaged.Cli;

/// <summary>What a measurement of steps says. Rates are those of all counted steps together: work by time.</summary>
/// <param name="Verb">What a step was.</param>
/// <param name="Model">Of what.</param>
/// <param name="Options">How large, how often.</param>
/// <param name="Threads">How many computed at once.</param>
/// <param name="Peak">What so many threads could do at most.</param>
/// <param name="Steps">What was counted.</param>
internal sealed record BenchResult(
    string Verb, BenchModel Model, BenchOptions Options, int Threads, MachinePeak Peak, StepMeasurement Steps)
{
    /// <summary>The most memory that this process has had, in millions of bytes.</summary>
    private readonly double _peakMegabytes = ProcessMemory.PeakMegabytes;

    /// <summary>Kernel by kernel; null where nobody asked.</summary>
    public ProfileTable? Profile { get; init; }

    private double TokensPerSecond => Steps.Tokens / Steps.Durations.TotalSeconds;

    private double GigaFlops => Steps.Flops / Steps.Durations.TotalSeconds / 1e9;

    public void Print(TextWriter output)
    {
        string again = Options.Recompute ? ", layers computed again" : "";
        output.WriteLine($"{Verb} {Model.Name}, batch {Options.Batch}, seq {Options.Sequence}, {Threads} threads{again}");
        var table = new TextTable("", ">", "");
        Add(table, "median of a step", Steps.Durations.MedianMilliseconds, "F2", $"ms, of {Steps.Durations.Count} after 1 to warm up");
        Add(table, "fastest step", Steps.Durations.MinMilliseconds, "F2", "ms");
        Add(table, "real tokens", TokensPerSecond, "F0", "per second");
        Add(table, "matrix products", GigaFlops, "F1", "GFLOP/s");
        Add(table, "peak of the machine", Peak.GigaFlops, "F1", "GFLOP/s, multiply-adds in registers, in turn with the steps");
        Add(table, "its fastest burst", Peak.FastestGigaFlops, "F1", "GFLOP/s, for some milliseconds");
        Add(table, "share of the peak", 100 * GigaFlops / Peak.GigaFlops, "F1", "%");
        Add(table, "peak memory", _peakMegabytes, "F0", "MB, of the process");
        Add(table, "allocated", AllocatedPerStep, "F0", "bytes a step, from the garbage collector");
        table.Write(output);
        if (Profile is not null)
        {
            output.WriteLine();
            Profile.Print(output);
        }
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("bench", Verb);
        json.WriteString("model", Model.Name);
        json.WriteNumber("batch", Options.Batch);
        json.WriteNumber("seq", Options.Sequence);
        json.WriteNumber("threads", Threads);
        json.WriteBoolean("recompute", Options.Recompute);
        json.WriteNumber("steps", Steps.Durations.Count);
        json.WriteNumber("median_ms", Steps.Durations.MedianMilliseconds);
        json.WriteNumber("min_ms", Steps.Durations.MinMilliseconds);
        json.WriteNumber("tokens_per_step", (double)Steps.Tokens / Steps.Durations.Count);
        json.WriteNumber("real_tokens_per_second", TokensPerSecond);
        json.WriteNumber("flops_per_step", Steps.Flops / Steps.Durations.Count);
        json.WriteNumber("gflops", GigaFlops);
        json.WriteNumber("peak_gflops", Peak.GigaFlops);
        json.WriteNumber("peak_burst_gflops", Peak.FastestGigaFlops);
        json.WriteNumber("share_of_peak", GigaFlops / Peak.GigaFlops);
        json.WriteNumber("peak_megabytes", _peakMegabytes);
        json.WriteNumber("allocated_bytes_per_step", AllocatedPerStep);
        json.WriteFinite("outcome", Steps.Outcome);
        Profile?.Write(json, "profile");
        json.WriteEndObject();
    }

    private long AllocatedPerStep => Steps.AllocatedBytes / Steps.Durations.Count;

    private static void Add(TextTable table, string what, double value, string format, string unit) =>
        table.Add(what, value.ToString(format, CultureInfo.InvariantCulture), unit);
}
