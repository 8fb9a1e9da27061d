// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary><c>bert bench gemm</c>: the matrix products of an encoder layer, one by one.</summary>
internal sealed class GemmBenchCommand : Verb
{
    private readonly BenchFlags _flags = new();
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public GemmBenchCommand()
        : base("gemm", "Measure the matrix products of an encoder layer, each alone: forward, and the gradients by input and weight.")
    {
        _flags.AddTo(this);
        Options.Add(_format);
        Examples = ["bert bench gemm --config bert-base --batch 8 --seq 128"];
    }

    protected override int Run(ParseResult arguments)
    {
        using BenchModel model = _flags.OpenModel(arguments);
        BenchOptions options = _flags.ReadOptions(arguments, model.Config, lengths: null);
        using CpuBackend backend = _flags.CreateBackend(arguments);
        var peak = new MachinePeak(backend.Threads, backend.Level);
        GemmTime[] times =
        [
            .. GemmLayer.Of(model.Config).SelectMany(
                layer => layer.Measure(backend, options.Batch * options.Sequence, options.Steps, peak)),
        ];
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            JsonOutput.Print(json => Write(json, times, peak));
        }
        else
        {
            Print(times, peak);
        }

        return ExitCode.Done;
    }

    private static void Print(GemmTime[] times, MachinePeak peak)
    {
        var table = new TextTable("layer", "product", "rows>", "inputs>", "outputs>", "median>", "fastest>", "rate>", "share>");
        foreach (GemmTime time in times)
        {
            table.Add(
                time.Layer.Name, time.Product, Text(time.Rows, "F0"), Text(time.Layer.Inputs, "F0"), Text(time.Layer.Outputs, "F0"),
                $"{Text(time.Durations.MedianMilliseconds, "F3")} ms", $"{Text(time.Durations.MinMilliseconds, "F3")} ms",
                $"{Text(time.GigaFlops, "F1")} GFLOP/s", $"{Text(100 * time.GigaFlops / peak.GigaFlops, "F1")} %");
        }

        table.Write(Console.Out);
        Console.Out.WriteLine(
            $"peak of the machine {Text(peak.GigaFlops, "F1")} GFLOP/s, multiply-adds in registers, in turn with the products; "
            + $"its fastest burst {Text(peak.FastestGigaFlops, "F1")}");
    }

    private static void Write(Utf8JsonWriter json, GemmTime[] times, MachinePeak peak)
    {
        json.WriteStartArray();
        foreach (GemmTime time in times)
        {
            json.WriteStartObject();
            json.WriteString("layer", time.Layer.Name);
            json.WriteString("product", time.Product);
            json.WriteNumber("rows", time.Rows);
            json.WriteNumber("inputs", time.Layer.Inputs);
            json.WriteNumber("outputs", time.Layer.Outputs);
            json.WriteNumber("median_ms", time.Durations.MedianMilliseconds);
            json.WriteNumber("min_ms", time.Durations.MinMilliseconds);
            json.WriteNumber("gflops", time.GigaFlops);
            json.WriteNumber("peak_gflops", peak.GigaFlops);
            json.WriteNumber("peak_burst_gflops", peak.FastestGigaFlops);
            json.WriteNumber("share_of_peak", time.GigaFlops / peak.GigaFlops);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
