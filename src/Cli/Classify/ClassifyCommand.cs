// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text.Json;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert classify</c>: fine-tune, evaluate and predict, as Google's run_classifier.py.</summary>
internal sealed class ClassifyCommand : Verb
{
    private readonly ClassifyFlags _flags = new();
    private readonly Flag<int?> _threads = SharedFlags.Threads();
    private readonly Flag<BackendKind> _backend = SharedFlags.Backend();
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public ClassifyCommand()
        : base("classify", "Fine-tune, evaluate and predict; Google's run_classifier command lines work as they are.")
    {
        Aliases.Add("run_classifier");
        _flags.AddTo(this);
        Options.Add(_threads);
        Options.Add(_backend);
        Options.Add(_format);
        Examples =
        [
            "bert classify --task_name=MRPC --do_train=true --do_eval=true --data_dir=glue/MRPC --model=MODEL --output_dir=mrpc",
            "bert classify --task_name=csv --do_train --do_eval --data_dir=mine --text-column=text --model=MODEL --output_dir=out",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        ClassifyOptions options = _flags.Read(arguments);
        using IBackend backend = Backends.Create(arguments.GetValue(_backend), arguments.GetValue(_threads));
        using var interruption = new Interruption();
        ClassifyResult result;
        using (var progress = new TrainingProgress(Console.Error, Console.IsErrorRedirected, options.MaxSteps))
        {
            result = RunUntilStopped(new Classifier(options, backend, progress), interruption);
        }

        Print(result, arguments.GetValue(_format));
        if (result.WasInterrupted)
        {
            Console.Error.WriteLine($"bert: interrupted; {Saved(result, options)}");
            return interruption.Code;
        }

        return ExitCode.Done;
    }

    /// <summary>Evaluation and prediction have nothing to save: they end where they are.</summary>
    private static ClassifyResult RunUntilStopped(Classifier classifier, Interruption interruption)
    {
        try
        {
            return classifier.Run(interruption.Token);
        }
        catch (OperationCanceledException)
        {
            return new ClassifyResult { WasInterrupted = true };
        }
    }

    private static string Saved(ClassifyResult result, ClassifyOptions options) => result.TrainedSteps > 0
        ? $"the weights of step {result.GlobalStep} are saved in {options.OutputDir}"
        : "there was nothing to save";

    private static void Print(ClassifyResult result, OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Print(json => Write(json, result));
        }
        else if (result.Evaluation is { } evaluation)
        {
            foreach (string line in evaluation.LogLines())
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    private static void Write(Utf8JsonWriter json, ClassifyResult result)
    {
        json.WriteStartObject();
        if (result.Evaluation is { } evaluation)
        {
            json.WriteStartObject("evaluation");
            foreach ((string key, double value) in evaluation.Values)
            {
                json.WriteFinite(key, value);
            }

            json.WriteEndObject();
        }

        json.WriteNumber("global_step", result.GlobalStep);
        json.WriteNumber("trained_steps", result.TrainedSteps);
        json.WriteBoolean("interrupted", result.WasInterrupted);
        json.WriteStartArray("files");
        foreach (string file in result.Files)
        {
            json.WriteStringValue(file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
