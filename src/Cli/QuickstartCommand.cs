// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert quickstart</c>: trains a small BERT on the bundled novelists and shows what it learnt.</summary>
internal sealed class QuickstartCommand : Verb
{
    private const string DefaultFolder = "bert-quickstart";

    private readonly Flag<string?> _outputDir = new(
        "output_dir", SharedFlags.Output, $"where data and model go [a new folder {DefaultFolder}]", FlagValues.Text("DIR"));

    private readonly Flag<bool> _overwrite = new(
        "overwrite_output_dir", SharedFlags.Output, "replace a model and files that are there", FlagValues.Boolean, "false");

    private readonly Flag<OutputFormat> _format = SharedFlags.Format();
    private readonly Flag<ulong> _seed = SharedFlags.Seed(SharedFlags.Computing, "of first weights, shuffling and dropout");
    private readonly Flag<int?> _threads = SharedFlags.Threads();

    public QuickstartCommand()
        : base("quickstart", "Train a small BERT from scratch on the bundled novelists, in minutes, with no download.")
    {
        Options.Add(_outputDir);
        Options.Add(_overwrite);
        Options.Add(_format);
        Options.Add(_seed);
        Options.Add(_threads);
        Examples = ["bert quickstart", "bert quickstart --seed=2 --output_dir=second"];
    }

    protected override int Run(ParseResult arguments)
    {
        var options = new QuickstartOptions
        {
            OutputDir = arguments.GetValue(_outputDir) ?? NewFolder(),
            Seed = arguments.GetValue(_seed),
            OverwriteOutputDir = arguments.GetValue(_overwrite),
        };
        bool asJson = arguments.GetValue(_format) == OutputFormat.Json;
        using IBackend backend = Backends.Create(BackendKind.Cpu, arguments.GetValue(_threads));
        using var interruption = new Interruption(Interruption.AfterThisStep);
        if (!asJson)
        {
            QuickstartReport.WriteTask(Console.Out);
        }

        if (TryRun(options, backend, interruption) is not { } result)
        {
            Console.Error.WriteLine($"bert: interrupted; the weights of the last step are saved in {options.ModelDir}");
            return interruption.Code;
        }

        if (asJson)
        {
            JsonOutput.Print(json => QuickstartReport.Write(json, result));
        }
        else
        {
            QuickstartReport.Write(Console.Out, result, options);
        }

        return ExitCode.Done;
    }

    /// <summary>The result; null if the run was interrupted.</summary>
    private static QuickstartResult? TryRun(QuickstartOptions options, IBackend backend, Interruption interruption)
    {
        using var progress = new TrainingProgress(Console.Error, Console.IsErrorRedirected, maxSteps: null);
        try
        {
            QuickstartResult result = new Quickstart(options, backend, progress).Run(interruption.Token);
            return result.Run.WasInterrupted ? null : result;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>A name that is not taken: nothing of an earlier run is lost.</summary>
    private static string NewFolder()
    {
        string folder = DefaultFolder;
        for (int i = 2; Path.Exists(folder); i++)
        {
            folder = $"{DefaultFolder}-{i}";
        }

        return folder;
    }
}
