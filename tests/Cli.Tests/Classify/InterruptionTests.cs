// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Classify;

/// <summary>Ctrl-C and SIGTERM while it trains.</summary>
public class InterruptionTests
{
    [Theory]
    [InlineData("INT", 130, 0)]
    [InlineData("INT", 130, 250)]
    [InlineData("TERM", 143, 0)]
    [InlineData("TERM", 143, 100)]
    public void Signal_WhileTraining_SavesWholeWeightsAndSaysWhere(string signal, int exitCode, int millisecondsAfterFirstStep)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();
        var bert = new Bert();
        Process process = StartTraining(bert, folder);
        string metrics = WaitForSteps(folder, process);
        Thread.Sleep(millisecondsAfterFirstStep);
        Send(signal, process);
        BertResult result = bert.Finish(process);
        result.EndedWith(exitCode, "interrupted", "the weights of step", folder.At("out"));
        Assert.Contains("stopping after this step; a second signal ends at once", result.ErrorLines);

        using ITensorFile saved = TensorFiles.Open(folder.At("out"));
        string step = saved.Metadata["global_step"];
        Assert.Equal(File.ReadAllLines(metrics).Length, int.Parse(step, CultureInfo.InvariantCulture));
        Assert.Empty(Directory.EnumerateFiles(folder.At("out"), ".*"));

        // What was saved is a model like any other.
        string[] evaluate = TinyTask.Arguments(folder.At("model"), folder.At("data"), folder.At("out"), "--do_eval");
        Assert.Contains($"global_step = {step}", BertInside.Run(evaluate).Succeeded().OutputLines);

        // And the run goes on from it.
        string[] goOn = Arguments(folder, "--max_steps=1");
        string checkpoint = folder.At("out", $"checkpoint-{step}");
        Assert.Contains($"Skipping training: {checkpoint} has done {step} of 1 steps", BertInside.Run(goOn).ErrorLines);
    }

    [Fact]
    public void Signal_Twice_EndsAtOnce()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();

        // A step of many long examples in float64 takes longer than the two signals.
        var bert = new Bert();
        Process process = StartTraining(bert, folder, "--backend=reference", "--train_batch_size=20000");
        WaitForSteps(folder, process, steps: 0);
        Thread.Sleep(500);
        Send("INT", process);
        Thread.Sleep(200);
        Send("INT", process);
        BertResult result = bert.Finish(process);
        Assert.Equal(130, result.ExitCode);
        Assert.False(File.Exists(folder.At("out", "model.safetensors")));
    }

    private static Process StartTraining(Bert bert, TemporaryFolder folder, params string[] flags)
    {
        TinyModel.Write(folder);
        TinyTask.WriteMrpc(folder, trainExamples: 400);
        return bert.Start(Arguments(folder, ["--do_eval", .. flags]));
    }

    private static string[] Arguments(TemporaryFolder folder, params string[] flags) => TinyTask.Arguments(
        folder.At("model"), folder.At("data"), folder.At("out"), ["--do_train", "--num_train_epochs=100000", .. flags]);

    /// <returns>The file with a line for each step.</returns>
    private static string WaitForSteps(TemporaryFolder folder, Process process, int steps = 3)
    {
        string metrics = folder.At("out", "metrics.jsonl");
        var watch = Stopwatch.StartNew();
        while (!File.Exists(metrics) || File.ReadLines(metrics).Count() < steps)
        {
            Assert.False(process.HasExited, "it ended before it trained");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "it never trained");
            Thread.Sleep(20);
        }

        return metrics;
    }

    private static void Send(string signal, Process process)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
