// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

/// <summary>Which checkpoints there are, which one is taken, and when none is.</summary>
public class CheckpointTests
{
    [Fact]
    public void Checkpoints_OfARun_AreThoseOfEveryFewStepsAndOfTheEnd()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder, saveSteps: 5);
        Run.To(options);
        Assert.Equal(["checkpoint-5", "checkpoint-10", "checkpoint-15", "checkpoint-17"], Run.Checkpoints(options));
        Assert.Equal(
            [
                "config.json", "model.safetensors", "optimizer.safetensors", "tokenizer_config.json", "training_state.json",
                "vocab.txt",
            ],
            Directory.GetFileSystemEntries(Path.Combine(options.OutputDir, "checkpoint-15")).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData(2, "checkpoint-16", "checkpoint-17")]
    [InlineData(1, "checkpoint-17")]
    [InlineData(0, "checkpoint-4", "checkpoint-8", "checkpoint-12", "checkpoint-16", "checkpoint-17")]
    public void Keep_SaysHowManyAreThereInTheEnd(int keep, params string[] names)
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        options = options with { Checkpoints = options.Checkpoints with { Keep = keep } };
        Run.To(options, stopAfter: 9);
        Run.To(options);
        Assert.Equal(keep == 0 ? [.. names[..2], "checkpoint-9", .. names[2..]] : names, Run.Checkpoints(options));
    }

    [Fact]
    public void LastCheckpoint_HasTheWeightsOfTheModel()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options);
        Assert.Equal(Run.Bytes(options, "model.safetensors"), Run.Bytes(options, "checkpoint-17", "model.safetensors"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FolderOfAnotherProgram_WithACheckpointsName_IsNotTrainedInto(bool startsOver)
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder) with { OverwriteOutputDir = startsOver };
        string precious = Path.Combine(options.OutputDir, "checkpoint-7", "pytorch_model.bin");
        Directory.CreateDirectory(Path.GetDirectoryName(precious)!);
        File.WriteAllText(precious, "precious");
        var e = Assert.Throws<OptionsException>(() => Run.To(options));
        Assert.Contains("checkpoint-7", e.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(precious));
    }

    [Fact]
    public void State_SaysStepAndOptions()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options, stopAfter: 4);
        JsonElement state = JsonElement.Parse(Run.Bytes(options, "checkpoint-4", "training_state.json"));
        Assert.Equal(4, state.GetProperty("global_step").GetInt32());
        JsonElement settings = state.GetProperty("settings");
        Assert.Equal("7", settings.GetProperty("train_batch_size").GetString());
        Assert.Equal("0.001", settings.GetProperty("learning_rate").GetString());
        Assert.StartsWith("60 examples, sha256 ", settings.GetProperty("training_data").GetString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> OtherSettings => new()
    {
        { "--train_batch_size", "--train_batch_size 7, but now it is 8" },
        { "--seed", "--seed 1, but now it is 2" },
        { "--learning_rate", "--learning_rate 0.001, but now it is 0.002" },
        { "--num_train_epochs", "--num_train_epochs 2, but now it is 3" },
        { "--shuffle", "--shuffle full, but now it is none" },
        { "--optimizer", "--optimizer google, but now it is adamw" },
        { "--max_seq_length", "--max_seq_length 32, but now it is 9" },
        { "--dropout", "hidden_dropout_prob 0.1, but now it is 0.5" },
        { "--gelu", "hidden_act GeluTanh, but now it is GeluErf" },
        { "data", "training_data 60 examples, sha256 " },
        { "--checkpoint_format", "--checkpoint_format safetensors, but now it is tf" },
    };

    [Theory]
    [MemberData(nameof(OtherSettings))]
    public void Run_WithOtherSettings_IsRefusedWithBothValues(string changed, string message)
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options, stopAfter: 5);
        byte[] weights = Run.Bytes(options, "model.safetensors");
        if (changed == "data")
        {
            string train = folder.File("train.csv");
            File.WriteAllText(train, File.ReadAllText(train).Replace("rose", "leaf", StringComparison.Ordinal));
        }

        OptionsException refused = Assert.Throws<OptionsException>(() => Run.To(Changed(options, changed)));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Contains("--overwrite_output_dir", refused.Message, StringComparison.Ordinal);
        Assert.Equal(weights, Run.Bytes(options, "model.safetensors"));

        // Told to start over, it does.
        Assert.Equal(1, Run.To(Changed(options, changed) with { OverwriteOutputDir = true, MaxSteps = 1 }).GlobalStep);
        Assert.Equal(changed == "--checkpoint_format" ? [] : ["checkpoint-1"], Run.Checkpoints(options));
    }

    [Fact]
    public void Run_OnAnotherBackend_IsRefused()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options, stopAfter: 1);
        using var reference = new ReferenceBackend();
        OptionsException refused = Assert.Throws<OptionsException>(() => Run.On(reference, options));
        Assert.Contains("--backend cpu, but now it is reference", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors", "cut")]
    [InlineData("optimizer.safetensors", "cut")]
    [InlineData("optimizer.safetensors", "one bit")]
    [InlineData("optimizer.safetensors", "missing")]
    [InlineData("training_state.json", "cut")]
    public void NewestCheckpoint_ThatIsDamaged_IsLeftForTheOneBefore(string file, string damage)
    {
        using TemporaryFolder undisturbed = new(), stopped = new();
        ClassifyOptions whole = Run.Options(undisturbed), parts = Run.Options(stopped);
        Run.To(whole);
        Run.To(parts, stopAfter: 9);
        Damage.To(Path.Combine(parts.OutputDir, "checkpoint-9", file), damage);
        var log = new StoppingLog();
        Assert.Equal(Run.Steps - 8, Run.To(parts, log: log).TrainedSteps);
        Assert.Contains("checkpoint-9", Assert.Single(log.Warnings, line => line.Contains(file, StringComparison.Ordinal)));
        Assert.Equal(Run.Bytes(whole, "model.safetensors"), Run.Bytes(parts, "model.safetensors"));
        Assert.Equal(Run.Metrics(whole), Run.Metrics(parts));
        Assert.DoesNotContain("checkpoint-9", Run.Checkpoints(parts));
    }

    [Fact]
    public void Checkpoints_OfWhichNoneIsWhole_AreRefused()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options, stopAfter: 5);
        foreach (string checkpoint in Run.Checkpoints(options))
        {
            Damage.To(Path.Combine(options.OutputDir, checkpoint, "optimizer.safetensors"), "cut");
        }

        TensorFileException refused = Assert.Throws<TensorFileException>(() => Run.To(options));
        Assert.Contains("none of its 2 checkpoints is whole", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersOfOthers_StayAsTheyAre()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        string[] others = ["checkpoint-best", "checkpoint-99", ".checkpoint-x.partial", "runs"];
        foreach (string name in others)
        {
            Directory.CreateDirectory(Path.Combine(options.OutputDir, name));
        }

        File.WriteAllText(Path.Combine(options.OutputDir, ".notes.partial"), "mine");
        Run.To(options with { Checkpoints = options.Checkpoints with { Keep = 1 } });
        Assert.All(others, name => Assert.True(Directory.Exists(Path.Combine(options.OutputDir, name))));
        Assert.True(File.Exists(Path.Combine(options.OutputDir, ".notes.partial")));
    }

    [Fact]
    public void Leftovers_OfAKilledRun_AreGoneAfterTheNextStart()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Directory.CreateDirectory(Path.Combine(options.OutputDir, ".checkpoint-4.partial"));
        Directory.CreateDirectory(Path.Combine(options.OutputDir, ".checkpoint-4.old.partial"));
        foreach (string name in (string[])[".checkpoint-4.partial/model.safetensors", ".model.safetensors.partial", ".vocab.txt.partial"])
        {
            File.WriteAllText(Path.Combine(options.OutputDir, name), "half");
        }

        Run.To(options with { MaxSteps = 1 });
        Assert.Empty(Directory.GetFileSystemEntries(options.OutputDir, ".*"));
    }

    private static ClassifyOptions Changed(ClassifyOptions options, string changed) => changed switch
    {
        "--train_batch_size" => options with { TrainBatchSize = 8 },
        "--seed" => options with { Seed = 2 },
        "--learning_rate" => options with { LearningRate = 2e-3 },
        "--num_train_epochs" => options with { NumTrainEpochs = 3 },
        "--shuffle" => options with { Shuffle = ShuffleKind.None },
        "--optimizer" => options with { Optimizer = OptimizerKind.AdamW },
        "--max_seq_length" => options with { MaxSeqLength = 9 },
        "--dropout" => options with { Dropout = 0.5 },
        "--gelu" => options with { Gelu = GeluForm.Erf },
        "--checkpoint_format" => options with { Checkpoints = options.Checkpoints with { Format = CheckpointFormat.TensorFlow } },
        _ => options,
    };
}
