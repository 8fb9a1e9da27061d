// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BertManaged.Gpu;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary><c>bert devices</c>: what this machine can compute on.</summary>
internal sealed class DevicesCommand : Verb
{
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public DevicesCommand()
        : base("devices", "List the processor and the GPUs of this machine.")
    {
        Options.Add(_format);
        Examples = ["bert devices"];
    }

    protected override int Run(ParseResult arguments)
    {
        using CpuBackend cpu = Backends.CreateCpu(threads: null);
        GpuDeviceList gpus = GpuDevices.List();
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            JsonOutput.Print(json => Write(json, cpu, gpus));
        }
        else
        {
            Print(cpu, gpus);
        }

        return ExitCode.Done;
    }

    private static string LevelName(SimdLevel level) => level switch
    {
        SimdLevel.Vector512 => "512-bit vectors",
        SimdLevel.Vector256 => "256-bit vectors",
        SimdLevel.Vector128 => "128-bit vectors",
        _ => "scalar",
    };

    private static void Print(CpuBackend cpu, GpuDeviceList gpus)
    {
        Console.Out.WriteLine($"cpu   {LevelName(cpu.Level)}, {cpu.Threads} threads");
        foreach (GpuDevice gpu in gpus.Devices)
        {
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"gpu   {gpu.Name} ({gpu.Kind}, {gpu.MemoryBytes / (double)(1 << 30):F1} GiB)"));
        }

        if (gpus.Devices.Count == 0)
        {
            Console.Out.WriteLine($"gpu   none ({string.Join("; ", gpus.Reasons)})");
        }
    }

    private static void Write(Utf8JsonWriter json, CpuBackend cpu, GpuDeviceList gpus)
    {
        json.WriteStartObject();
        json.WriteStartObject("cpu");
        json.WriteString("level", LevelName(cpu.Level));
        json.WriteNumber("threads", cpu.Threads);
        json.WriteEndObject();
        json.WriteStartArray("gpus");
        foreach (GpuDevice gpu in gpus.Devices)
        {
            json.WriteStartObject();
            json.WriteString("name", gpu.Name);
            json.WriteString("kind", gpu.Kind);
            json.WriteNumber("memory_bytes", gpu.MemoryBytes);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
