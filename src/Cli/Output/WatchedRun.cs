// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>A run that trains, as a user sees it: progress, interruption, results, exit code.</summary>
internal static class WatchedRun
{
    /// <summary>Runs it.</summary>
    /// <param name="run">Does the work until it is done or asked to stop.</param>
    /// <param name="maxSteps">Where it ends before its schedule does; null for the whole schedule.</param>
    /// <param name="outputDir">Where it saves.</param>
    /// <param name="format">How results are printed.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Func<ITrainingLog, CancellationToken, TrainingResult> run, int? maxSteps, string outputDir, OutputFormat format)
    {
        using var interruption = new Interruption(Interruption.AfterThisStep);
        TrainingResult result;
        using (var progress = new TrainingProgress(Console.Error, Console.IsErrorRedirected, maxSteps))
        {
            result = RunUntilStopped(run, progress, interruption);
        }

        Print(result, format);
        if (result.WasInterrupted)
        {
            Console.Error.WriteLine($"bert: interrupted; {Saved(result, outputDir)}");
            return interruption.Code;
        }

        return ExitCode.Done;
    }

    /// <summary>Evaluation and prediction have nothing to save: they end where they are.</summary>
    private static TrainingResult RunUntilStopped(
        Func<ITrainingLog, CancellationToken, TrainingResult> run, ITrainingLog log, Interruption interruption)
    {
        try
        {
            return run(log, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            return new TrainingResult { WasInterrupted = true };
        }
    }

    private static string Saved(TrainingResult result, string outputDir) => result.TrainedSteps > 0
        ? $"the weights of step {result.GlobalStep} are saved in {outputDir}"
        : "there was nothing to save";

    private static void Print(TrainingResult result, OutputFormat format)
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

    private static void Write(Utf8JsonWriter json, TrainingResult result)
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
