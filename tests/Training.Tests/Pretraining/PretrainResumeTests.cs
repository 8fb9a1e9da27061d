// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>Pre-training that was stopped in the middle of a file and goes on ends in the bits of one that never was.</summary>
public class PretrainResumeTests
{
    private static readonly string[] Exact =
        ["checkpoint-11/model.safetensors", "checkpoint-11/optimizer.safetensors", "model.safetensors", "config.json", "eval_results.txt"];

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(6, 3, 1)]
    [InlineData(7, 1, 2)]
    public void Run_StoppedAfterAStep_EndsInTheSameBits(int stopAfter, int threads, int parts)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        PretrainOptions whole = Options(undisturbed, parts), disturbed = Options(stopped, parts);
        SmallRun.Run(whole, threads: 2);

        TrainingResult first = SmallRun.Run(disturbed, threads, new StoppingLog { StopAfter = stopAfter });
        Assert.Equal((true, (long)stopAfter), (first.WasInterrupted, first.TrainedSteps));
        TrainingResult second = SmallRun.Run(disturbed, threads: 4 - threads);
        Assert.Equal(((long)11 - stopAfter, 11L), (second.TrainedSteps, second.GlobalStep));
        Assert.All(Exact, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(whole.OutputDir, name)), File.ReadAllBytes(Path.Combine(disturbed.OutputDir, name))));
    }

    [Fact]
    public void Run_WithRecomputationAndOtherThreads_EndsInTheSameBits()
    {
        using TemporaryFolder one = new(), other = new();
        PretrainOptions plain = Options(one, parts: 2), recomputing = Options(other, parts: 2) with { Recompute = true };
        SmallRun.Run(plain, threads: 3);
        SmallRun.Run(recomputing, threads: 1);
        Assert.Equal(
            File.ReadAllBytes(Path.Combine(plain.OutputDir, "model.safetensors")),
            File.ReadAllBytes(Path.Combine(recomputing.OutputDir, "model.safetensors")));
    }

    [Fact]
    public void Run_OnOtherExamples_DoesNotGoOn()
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = Options(folder, parts: 1) with { MaxSteps = 2 };
        SmallRun.Run(options);
        byte[] bytes = File.ReadAllBytes(options.InputFile);
        File.WriteAllBytes(folder.File("twice.tfrecord"), [.. bytes, .. bytes]);
        OptionsException refused =
            Assert.Throws<OptionsException>(() => SmallRun.Run(options with { InputFile = folder.File("twice.tfrecord") }));
        Assert.Contains("training_data", refused.Message, StringComparison.Ordinal);

        // The same examples in other files, or compressed, are the same examples.
        using (var target = new System.IO.Compression.GZipStream(
            File.Create(folder.File("examples.gz")), System.IO.Compression.CompressionLevel.Fastest))
        {
            target.Write(bytes);
        }

        Assert.Equal(11, SmallRun.Run(options with { InputFile = folder.File("examples.gz"), MaxSteps = null }).GlobalStep);
    }

    private static PretrainOptions Options(TemporaryFolder folder, int parts) => SmallRun.Write(folder) with
    {
        DoEval = true,
        GradientAccumulationSteps = parts,
        Checkpoints = new CheckpointOptions { SaveSteps = 4 },
    };
}
