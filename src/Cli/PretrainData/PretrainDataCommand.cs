// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert pretrain-data</c>: examples for pre-training from text, as Google's create_pretraining_data.py makes them.</summary>
internal sealed class PretrainDataCommand : Verb
{
    private readonly PretrainDataFlags _flags = new();
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public PretrainDataCommand()
        : base("pretrain-data", "Make examples for pre-training; Google's create_pretraining_data command lines work as they are.")
    {
        Aliases.Add("create_pretraining_data");
        _flags.AddTo(this);
        Options.Add(_format);
        Examples =
        [
            "bert pretrain-data --input_file='texts/*.txt' --output_file=examples.tfrecord --vocab_file=vocab.txt",
            "bert pretrain-data --input_file='dump/*.txt' --output_file=0.tfrecord,1.tfrecord --vocab_file=vocab.txt --streaming",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        PretrainDataOptions options = _flags.Read(arguments);
        using var interruption = new Interruption();
        if (options.MaxMemory is { } bytes)
        {
            HeapLimit.Set(bytes);
        }

        var watch = Stopwatch.StartNew();
        PretrainDataResult result;
        try
        {
            result = new PretrainDataWriter(options, Console.Error.WriteLine).Run(interruption.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(Interruption.NothingWritten);
            return interruption.Code;
        }

        Report(result, watch.Elapsed);
        Print(result, arguments.GetValue(_format));
        return ExitCode.Done;
    }

    private static void Report(PretrainDataResult result, TimeSpan time) => Console.Error.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Documents:N0} document{(result.Documents == 1 ? "" : "s")}, {result.Tokens:N0} tokens: "
        + $"{result.Examples:N0} instances in {time.TotalSeconds:F2} s, "
        + $"{result.Examples / time.TotalSeconds:N0} instances/s; {ProcessMemory.PeakMegabytes:N0} MB of memory at most"));

    private static void Print(PretrainDataResult result, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Print(json => Write(json, result));
            return;
        }

        foreach ((string path, long examples) in result.Files)
        {
            Console.Out.WriteLine($"{path}: {examples} examples");
        }
    }

    private static void Write(Utf8JsonWriter json, PretrainDataResult result)
    {
        json.WriteStartObject();
        json.WriteNumber("documents", result.Documents);
        json.WriteNumber("tokens", result.Tokens);
        json.WriteNumber("examples", result.Examples);
        json.WriteStartArray("files");
        foreach ((string path, long examples) in result.Files)
        {
            json.WriteStartObject();
            json.WriteString("file", path);
            json.WriteNumber("examples", examples);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
