// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

/// <summary>A run that was stopped and goes on ends in the bits of one that never was.</summary>
public class ResumeTests
{
    private static readonly string[] TrainedFiles =
    [
        "checkpoint-17/model.safetensors", "checkpoint-17/optimizer.safetensors", "checkpoint-17/training_state.json", "model.safetensors",
    ];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(6, 1)]
    [InlineData(6, 2)]
    [InlineData(16, 2)]
    public void Run_StoppedAfterAStep_EndsInTheSameBits(int stopAfter, int threads)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed), parts = Run.Options(stopped);
        Run.To(whole, threads: 2);

        TrainingResult first = Run.To(parts, stopAfter, threads);
        Assert.Equal((true, (long)stopAfter), (first.WasInterrupted, first.TrainedSteps));
        var log = new StoppingLog();
        TrainingResult second = Run.To(parts, threads: 3 - threads, log: log);
        Assert.Equal((Run.Steps - stopAfter, Run.Steps), (second.TrainedSteps, second.GlobalStep));
        Assert.Equal(Enumerable.Range(stopAfter + 1, Run.Steps - stopAfter).Select(step => (long)step), log.Steps);
        Assert.Contains(log.Lines, line => line.StartsWith($"Going on after step {stopAfter}", StringComparison.Ordinal));
        AssertSame(whole, parts);
    }

    /// <summary>Its last checkpoint is the model: there is no other.</summary>
    [Theory]
    [InlineData(6)]
    [InlineData(12)]
    public void Run_InTensorFlowsForm_EndsInTheSameBits(int stopAfter)
    {
        using TemporaryFolder undisturbed = new(), stopped = new(), otherForm = new();
        ClassifyOptions whole = InTensorFlowsForm(Run.Options(undisturbed)), parts = InTensorFlowsForm(Run.Options(stopped));
        Run.To(whole);
        Run.To(parts, stopAfter);

        // The form need not be said again.
        TrainingResult second = Run.To(parts with { Checkpoints = parts.Checkpoints with { Format = null }, DoEval = true });
        Assert.Equal((Run.Steps - stopAfter, Run.Steps), (second.TrainedSteps, second.GlobalStep));
        foreach (string suffix in (string[])[".index", ".data-00000-of-00001", ".training_state.json"])
        {
            Assert.True(
                Run.Bytes(whole, $"model.ckpt-17{suffix}").AsSpan().SequenceEqual(Run.Bytes(parts, $"model.ckpt-17{suffix}")), suffix);
        }

        Assert.Equal(Run.Metrics(whole), Run.Metrics(parts));
        Assert.False(File.Exists(Path.Combine(parts.OutputDir, "model.safetensors")));
        Assert.Empty(Directory.GetFileSystemEntries(parts.OutputDir, ".*"));

        // The same weights as in the other form, as far as an evaluation sees.
        TrainingResult other = Run.To(Run.Options(otherForm) with { DoEval = true });
        Assert.Equal(other.Evaluation!.ToFileText(), second.Evaluation!.ToFileText());
        TrainingResult again = Run.To(parts with { DoTrain = false, DoEval = true, VocabFile = null, BertConfigFile = null });
        Assert.Equal(other.Evaluation!.ToFileText(), again.Evaluation!.ToFileText());
    }

    [Fact]
    public void Run_StoppedAgainAndAgain_EndsInTheSameBits()
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed), parts = Run.Options(stopped, saveSteps: 100);
        Run.To(whole);
        for (int step = 1; step < Run.Steps; step += 3)
        {
            Run.To(parts, step);
        }

        Run.To(parts);
        AssertSame(whole, parts);
    }

    [Fact]
    public void Run_CutByMaxSteps_GoesOnWithoutThem()
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed), parts = Run.Options(stopped);
        Run.To(whole);
        Run.To(parts with { MaxSteps = 5 });
        Run.To(parts);
        AssertSame(whole, parts);
    }

    [Theory]
    [InlineData(OptimizerKind.AdamW, ClipNorm.True)]
    [InlineData(OptimizerKind.AdamWeightDecay, ClipNorm.TensorFlow)]
    public void Run_WithAnotherOptimizerOrNorm_EndsInTheSameBits(OptimizerKind optimizer, ClipNorm clipNorm)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed) with { Optimizer = optimizer, ClipNorm = clipNorm };
        ClassifyOptions parts = Run.Options(stopped) with { Optimizer = optimizer, ClipNorm = clipNorm };
        Run.To(whole);
        Run.To(parts, stopAfter: 9);
        Run.To(parts);
        AssertSame(whole, parts);
    }

    [Fact]
    public void Run_InFloat64_EndsInTheSameBits()
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed) with { MaxSteps = 6 }, parts = Run.Options(stopped) with { MaxSteps = 6 };
        using var backend = new ReferenceBackend();
        Run.On(backend, whole);
        Run.On(backend, parts, stopAfter: 3);
        Run.On(backend, parts);
        using ITensorFile file = TensorFiles.Open(Path.Combine(parts.OutputDir, "checkpoint-6"));
        Assert.All(file.Tensors, tensor => Assert.Equal(ElementType.Float64, tensor.Type));
        foreach (string name in (string[])["model.safetensors", "optimizer.safetensors"])
        {
            Assert.Equal(Run.Bytes(whole, "checkpoint-6", name), Run.Bytes(parts, "checkpoint-6", name));
        }
    }

    /// <summary>A run that is killed leaves lines of steps after its last checkpoint, and perhaps a piece of one.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("{\"step\":9,\"loss\":0.5}\n")]
    [InlineData("{\"step\":9,\"loss\":0.5}\n{\"step\":10,\"lo")]
    [InlineData("no line at all")]
    public void Metrics_OfARunThatGoesOn_HaveEveryStepOnce(string after)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed), parts = Run.Options(stopped);
        Run.To(whole);
        Run.To(parts, stopAfter: 8);
        File.AppendAllText(Path.Combine(parts.OutputDir, "metrics.jsonl"), after);
        Run.To(parts);
        Assert.Equal(Run.Metrics(whole), Run.Metrics(parts));
        Assert.Equal(Run.Steps, Run.Metrics(parts).Length);
    }

    [Fact]
    public void FinishedRun_StartedAgain_TrainsNoMoreAndEvaluates()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder) with { DoEval = true };
        TrainingResult first = Run.To(options);
        byte[] weights = Run.Bytes(options, "model.safetensors"), metrics = Run.Bytes(options, "metrics.jsonl");
        var log = new StoppingLog();
        TrainingResult again = Run.To(options, log: log);
        Assert.Equal((0, Run.Steps), (again.TrainedSteps, again.GlobalStep));
        Assert.Contains(log.Lines, line => line.StartsWith("Skipping training", StringComparison.Ordinal));
        Assert.Equal(first.Evaluation!.ToFileText(), again.Evaluation!.ToFileText());
        Assert.Equal(weights, Run.Bytes(options, "model.safetensors"));
        Assert.Equal(metrics, Run.Bytes(options, "metrics.jsonl"));
    }

    [Fact]
    public void FinishedRun_KilledBeforeItsModelWasWritten_WritesItWhenStartedAgain()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options);
        byte[] weights = Run.Bytes(options, "model.safetensors");
        File.Delete(Path.Combine(options.OutputDir, "model.safetensors"));
        Run.To(options);
        Assert.Equal(weights, Run.Bytes(options, "model.safetensors"));
    }

    [Fact]
    public void Evaluation_OfARunThatWasKilled_TakesItsNewestCheckpoint()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options, stopAfter: 6);
        Run.To(options, stopAfter: 12);
        // As if the second run had been killed: of its end there is the checkpoint only.
        File.Copy(
            Path.Combine(options.OutputDir, "checkpoint-6", "model.safetensors"), Path.Combine(options.OutputDir, "model.safetensors"),
            overwrite: true);
        TrainingResult result = Run.To(options with { DoTrain = false, DoEval = true, VocabFile = null, BertConfigFile = null });
        Assert.Equal(12, result.GlobalStep);
    }

    [Fact]
    public void Checkpoint_AsModel_IsLoadedAsAnyOther()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options);
        string checkpoint = Path.Combine(options.OutputDir, "checkpoint-17");
        ClassifyOptions evaluate = options with { DoTrain = false, DoEval = true };
        TrainingResult before = Run.To(evaluate);
        TrainingResult after = Run.To(evaluate with
        {
            Model = checkpoint,
            OutputDir = folder.File("elsewhere"),
            VocabFile = null,
            BertConfigFile = null,
        });
        Assert.Equal(before.Evaluation!.Values.First(), after.Evaluation!.Values.First());
    }

    /// <summary>A run beside an evaluation deletes old checkpoints while that still reads its data.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Weights_DeletedAfterTheyWereFound_AreLoadedAllTheSame(bool tensorFlow)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "an open file cannot be deleted there");
        using var folder = new TemporaryFolder();
        ClassifyOptions options = tensorFlow ? InTensorFlowsForm(Run.Options(folder)) : Run.Options(folder);
        Run.To(options, stopAfter: 5);
        var log = new SilentLog();
        options = options with { DoTrain = false, DoEval = true };
        ClassifySetup setup = ClassifySetup.From(options, new OutputFolder(options.OutputDir), log);
        using RunModel found = setup.Model;
        Directory.Delete(options.OutputDir, recursive: true);
        using var backend = new CpuBackend(1);
        Assert.Equal(5, new ClassifierLoading(setup, backend, options, log).Load().GlobalStep);
    }

    private static ClassifyOptions InTensorFlowsForm(ClassifyOptions options) =>
        options with { Checkpoints = options.Checkpoints with { Format = CheckpointFormat.TensorFlow } };

    private static void AssertSame(ClassifyOptions whole, ClassifyOptions parts)
    {
        foreach (string name in TrainedFiles)
        {
            Assert.True(Run.Bytes(whole, name).AsSpan().SequenceEqual(Run.Bytes(parts, name)), $"{name} has other bytes");
        }

        Assert.Equal(Run.Metrics(whole), Run.Metrics(parts));
    }
}
