// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training.Tests;

/// <summary>What lies in the folder of a run whose checkpoints have TensorFlow's form.</summary>
public class TensorFlowFormTests
{
    private static readonly string[] Suffixes = [".index", ".data-00000-of-00001", ".training_state.json"];

    [Fact]
    public void Checkpoints_OfARun_AreListedAndThoseThatAreTooOldAreGone()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Options(folder, keep: 2);
        Run.To(options);
        Assert.Equal(
            "model_checkpoint_path: \"model.ckpt-17\"\nall_model_checkpoint_paths: \"model.ckpt-16\"\n"
            + "all_model_checkpoint_paths: \"model.ckpt-17\"\n",
            File.ReadAllText(Path.Combine(options.OutputDir, "checkpoint")));
        string[] expected = [.. new[] { 16, 17 }.SelectMany(step => Suffixes.Select(suffix => $"model.ckpt-{step}{suffix}"))];
        Assert.Equal(expected.Order(), Names(options, "model.ckpt-*"));
    }

    /// <summary>A process may be killed before its checkpoint is listed, and while an old one is deleted.</summary>
    [Fact]
    public void Halves_OfCheckpointsThatAreNotListed_AreGoneAfterTheNextStart()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Options(folder, keep: 5);
        Run.To(options, stopAfter: 5);
        foreach (string name in (string[])[
            "model.ckpt-9.training_state.json", "model.ckpt-9.data-00000-of-00001", ".model.ckpt-9.index.partial", ".checkpoint.partial",
            "model.ckpt-2.training_state.json", "model.ckpt-1.index", "model.ckpt-best.index"])
        {
            File.WriteAllText(Path.Combine(options.OutputDir, name), "half");
        }

        Run.To(options with { MaxSteps = 6 });

        // What is not ours stays.
        Assert.Equal(
            ["model.ckpt-1.index", "model.ckpt-4.index", "model.ckpt-5.index", "model.ckpt-6.index", "model.ckpt-best.index"],
            Names(options, "*.index"));
        Assert.Equal(
            ["model.ckpt-4.training_state.json", "model.ckpt-5.training_state.json", "model.ckpt-6.training_state.json"],
            Names(options, "*.training_state.json"));
        Assert.Equal(3, Names(options, "*.data-*").Length);
        Assert.Empty(Directory.GetFileSystemEntries(options.OutputDir, ".*"));
    }

    [Theory]
    [InlineData(".data-00000-of-00001", "cut")]
    [InlineData(".data-00000-of-00001", "one bit")]
    [InlineData(".data-00000-of-00001", "missing")]
    [InlineData(".index", "cut")]
    [InlineData(".index", "missing")]
    [InlineData(".training_state.json", "cut")]
    public void NewestCheckpoint_ThatIsDamaged_IsLeftForTheOneBefore(string suffix, string damage)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Options(undisturbed), parts = Options(stopped);
        Run.To(whole);
        Run.To(parts, stopAfter: 9);
        Damage.To(Path.Combine(parts.OutputDir, $"model.ckpt-9{suffix}"), damage);
        var log = new StoppingLog();
        Assert.Equal(Run.Steps - 8, Run.To(parts, log: log).TrainedSteps);
        Assert.Contains("model.ckpt-9", Assert.Single(log.Warnings, line => line.Contains("checkpoint before", StringComparison.Ordinal)));
        Assert.Equal(Run.Bytes(whole, "model.ckpt-17.data-00000-of-00001"), Run.Bytes(parts, "model.ckpt-17.data-00000-of-00001"));
    }

    /// <summary>As a process leaves it that is killed while it puts a checkpoint in the place of another run's.</summary>
    [Fact]
    public void StateOfAnotherRun_BesideACheckpoint_IsNotGoneOnFrom()
    {
        using TemporaryFolder first = new(), second = new();
        ClassifyOptions one = Options(first), other = Options(second) with { Seed = 7 };
        Run.To(one, stopAfter: 4);
        Run.To(other, stopAfter: 4);
        string name = "model.ckpt-4.training_state.json";
        File.Copy(Path.Combine(other.OutputDir, name), Path.Combine(one.OutputDir, name), overwrite: true);
        var log = new StoppingLog();
        Assert.Throws<TensorFileException>(() => Run.To(other with { OutputDir = one.OutputDir }, log: log));
        Assert.Contains("not the one that", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    /// <summary>Who edits the list by hand goes back, as with TensorFlow.</summary>
    [Fact]
    public void List_ThatNamesAnEarlierOneAsTheLatest_IsBelieved()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Options(folder);
        Run.To(options, stopAfter: 9);
        new CheckpointState("model.ckpt-4", ["model.ckpt-4", "model.ckpt-8", "model.ckpt-9"]).Write(options.OutputDir);
        var log = new StoppingLog();
        Run.To(options, stopAfter: 5, log: log);

        // The way forward stays, until a checkpoint is written that knows nothing of it.
        Assert.Equal(["model.ckpt-4.index", "model.ckpt-5.index", "model.ckpt-8.index", "model.ckpt-9.index"], Names(options, "*.index"));
        Assert.Equal(Run.Steps - 5, Run.To(options).TrainedSteps);
    }

    /// <summary>A copy of a folder may lack the list, and a process may be killed before its first one.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void List_ThatIsGone_LosesNoCheckpoint(bool newestIsHalf)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Options(undisturbed), parts = Options(stopped);
        Run.To(whole);
        Run.To(parts, stopAfter: 9);
        File.Delete(Path.Combine(parts.OutputDir, "checkpoint"));
        if (newestIsHalf)
        {
            File.Delete(Path.Combine(parts.OutputDir, "model.ckpt-9.index"));
        }

        var log = new StoppingLog();
        Assert.Equal(Run.Steps - (newestIsHalf ? 8 : 9), Run.To(parts, log: log).TrainedSteps);
        Assert.Empty(log.Warnings);
        Assert.Equal(Run.Bytes(whole, "model.ckpt-17.data-00000-of-00001"), Run.Bytes(parts, "model.ckpt-17.data-00000-of-00001"));
    }

    [Fact]
    public void List_ThatIsGone_LeavesCheckpointsUntilTheFirstOfARunThatStartsOver()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Options(folder) with { OverwriteOutputDir = true };
        Run.To(options, stopAfter: 9);
        File.Delete(Path.Combine(options.OutputDir, "checkpoint"));
        var log = new StoppingLog();
        Run.To(options, stopAfter: 5, log: log);
        Assert.Contains("up to step 9, is there until the first checkpoint", string.Concat(log.Lines), StringComparison.Ordinal);
        Assert.Equal(["model.ckpt-4.index", "model.ckpt-5.index"], Names(options, "*.index"));
    }

    [Fact]
    public void StartingOver_InTheOtherForm_LeavesNothingOfTheOldOne()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions tensorFlow = Options(folder), safetensors = tensorFlow with
        {
            Checkpoints = tensorFlow.Checkpoints with { Format = CheckpointFormat.Safetensors },
            OverwriteOutputDir = true,
        };
        Run.To(tensorFlow, stopAfter: 9);
        Assert.Equal(Run.Steps, Run.To(safetensors).TrainedSteps);
        Assert.Empty(Names(safetensors, "*ckpt*"));
        Assert.False(File.Exists(Path.Combine(safetensors.OutputDir, "checkpoint")));

        Assert.Equal(Run.Steps, Run.To(tensorFlow with { OverwriteOutputDir = true }).TrainedSteps);
        Assert.Empty(Run.Checkpoints(tensorFlow));
        Assert.False(File.Exists(Path.Combine(tensorFlow.OutputDir, "model.safetensors")));
    }

    [Fact]
    public void CheckpointOfAModelThatWasOnlyReleased_IsNotTrainedOver()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Options(folder);
        Directory.CreateDirectory(options.OutputDir);
        new CheckpointState("bert_model.ckpt", ["bert_model.ckpt"]).Write(options.OutputDir);
        OptionsException refused = Assert.Throws<OptionsException>(() => Run.To(options with { OverwriteOutputDir = true }));
        Assert.Contains("none of training", refused.Message, StringComparison.Ordinal);
    }

    private static ClassifyOptions Options(TemporaryFolder folder, int keep = 5)
    {
        ClassifyOptions options = Run.Options(folder);
        return options with { Checkpoints = options.Checkpoints with { Format = CheckpointFormat.TensorFlow, Keep = keep } };
    }

    private static string[] Names(ClassifyOptions options, string pattern) =>
        [.. Directory.GetFiles(options.OutputDir, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
