// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

/// <summary>A small fine-tuning run of 17 steps, whole or in parts, and what it leaves.</summary>
internal static class Run
{
    public const int Steps = 17;

    /// <summary>Options of a run with dropout, shuffling and a checkpoint every few steps.</summary>
    public static ClassifyOptions Options(TemporaryFolder folder, int saveSteps = 4) =>
        SmallModel.Write(folder) with { Checkpoints = new CheckpointOptions { SaveSteps = saveSteps } };

    /// <summary>Runs to the end, or until a step is done.</summary>
    public static TrainingResult To(ClassifyOptions options, int? stopAfter = null, int threads = 2, StoppingLog? log = null)
    {
        using var backend = new CpuBackend(threads);
        return On(backend, options, stopAfter, log);
    }

    /// <summary>The same on a backend of the caller's.</summary>
    public static TrainingResult On(IBackend backend, ClassifyOptions options, int? stopAfter = null, StoppingLog? log = null)
    {
        log ??= new StoppingLog();
        log.StopAfter = stopAfter;
        return new Classifier(options, backend, log).Run(log.Stop.Token);
    }

    /// <summary>Bytes of a file in the output folder.</summary>
    public static byte[] Bytes(ClassifyOptions options, params string[] names) =>
        File.ReadAllBytes(Path.Combine([options.OutputDir, .. names]));

    /// <summary>metrics.jsonl without the times.</summary>
    public static string[] Metrics(ClassifyOptions options) =>
    [
        .. File.ReadAllLines(Path.Combine(options.OutputDir, "metrics.jsonl")).Select(line =>
        {
            JsonElement.Parse(line);
            return line[..line.IndexOf(",\"seconds\"", StringComparison.Ordinal)];
        }),
    ];

    /// <summary>Names of the checkpoints in the output folder, the newest last.</summary>
    public static string[] Checkpoints(ClassifyOptions options) =>
    [
        .. Directory.GetDirectories(options.OutputDir, "checkpoint-*").Select(path => Path.GetFileName(path))
            .OrderBy(name => name.Length).ThenBy(name => name, StringComparer.Ordinal),
    ];
}
