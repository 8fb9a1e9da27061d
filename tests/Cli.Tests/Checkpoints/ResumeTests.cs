// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Text.Json;
using BertManaged.Cli.Tests.Classify;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>The same command started again, with what can stand in its way.</summary>
public class ResumeTests
{
    [Theory]
    [InlineData("--save_checkpoints_steps=0", "--save_checkpoints_steps must be at least 1, but is 0")]
    [InlineData("--keep-checkpoints=-1", "--keep_checkpoints must be at least 0")]
    [InlineData("--checkpoint-format=pickle", "--checkpoint_format=pickle: expected one of safetensors, tf")]
    public void Flag_OutOfRange_IsOneLine(string flag, string message)
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, flag)).FailedWith(2, message);
        Assert.False(Directory.Exists(folder.At("out")));
    }

    [Fact]
    public void Command_StartedAgain_SaysWhereItGoesOnAndThenThatItIsDone()
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, "--max_steps=5")).Succeeded();
        BertResult second = Bert.Run(Arguments(folder, "--format=json")).Succeeded();
        Assert.Contains(second.ErrorLines, line => line == $"Going on after step 5, from {folder.At("out", "checkpoint-5")}");
        Assert.Equal(13, JsonElement.Parse(second.Output).GetProperty("trained_steps").GetInt32());
        Assert.Equal(18, JsonElement.Parse(second.Output).GetProperty("global_step").GetInt32());

        BertResult third = Bert.Run(Arguments(folder, "--do_eval")).Succeeded();
        Assert.Contains($"Skipping training: {folder.At("out", "checkpoint-18")} has done 18 of 18 steps", third.ErrorLines);
        Assert.Contains("global_step = 18", third.OutputLines);
    }

    [Theory]
    [InlineData("--train_batch_size=6", "--train_batch_size 4, but now it is 6")]
    [InlineData("--seed=7", "--seed 1, but now it is 7")]
    [InlineData("--backend=reference", "--backend cpu, but now it is reference")]
    public void Command_WithAnotherOption_IsOneLineWithBothValues(string flag, string message)
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, "--max_steps=5")).Succeeded();
        string[] before = Files(folder);
        Bert.Run(Arguments(folder, flag)).FailedWith(2, folder.At("out"), message, "--overwrite_output_dir");
        Assert.Equal(before, Files(folder));
        BertInside.Run(Arguments(folder, flag, "--overwrite_output_dir", "--max_steps=1")).Succeeded();
    }

    [Fact]
    public void Command_FromAnotherModel_IsOneLineWithBoth()
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, "--max_steps=5")).Succeeded();
        string other = TinyModel.Write(folder, "other");
        Bert.Run(Arguments(folder, $"--model={other}")).FailedWith(2, folder.At("model"), other);
    }

    [Theory]
    [InlineData("optimizer.safetensors")]
    [InlineData("model.safetensors")]
    [InlineData("training_state.json")]
    public void NewestCheckpoint_CutShort_IsLeftForTheOneBeforeWithAWarning(string file)
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, "--max_steps=8")).Succeeded();
        Cut(folder.At("out", "checkpoint-8", file));
        BertResult result = Bert.Run(Arguments(folder)).Succeeded();
        Assert.Contains(
            result.ErrorLines, line => line.StartsWith("warning: ", StringComparison.Ordinal) && line.Contains($"checkpoint-8/{file}"));
        Assert.Contains(result.ErrorLines, line => line == $"Going on after step 6, from {folder.At("out", "checkpoint-6")}");
        Assert.Equal(18, File.ReadAllLines(folder.At("out", "metrics.jsonl")).Length);
    }

    [Fact]
    public void Checkpoints_AllCutShort_AreOneLastLine()
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(Arguments(folder, "--max_steps=4")).Succeeded();
        Cut(folder.At("out", "checkpoint-3", "optimizer.safetensors"));
        Cut(folder.At("out", "checkpoint-4", "optimizer.safetensors"));
        string[] before = Files(folder);
        Bert.Run(Arguments(folder)).EndedWith(3, folder.At("out"), "none of its 2 checkpoints is whole", "--overwrite_output_dir");
        Assert.Equal(before, Files(folder));
    }

    [Theory]
    [InlineData("safetensors", "checkpoint-9")]
    [InlineData("tf", "model.ckpt-9")]
    public void Disk_FullWhileACheckpointIsWritten_LeavesTheOneBeforeWholeAndIsOneLine(string form, string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "limits the size of files by ulimit");
        using var folder = new TemporaryFolder();
        string[] arguments = Arguments(folder, $"--checkpoint_format={form}");
        BertInside.Run([.. arguments, "--max_steps=6"]).Succeeded();
        string[] before = Files(folder);

        // As in BadInputTests: the write itself fails, as on a full disk.
        var bert = new Bert().WithEnvironment("DOTNET_EnableWriteXorExecute", "0");
        using Process process = bert.Start("/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", Bert.File, .. arguments]);
        bert.Finish(process).EndedWith(1, folder.At("out", name), "the file cannot be written");
        Assert.Equal(before, Files(folder));

        BertResult after = Bert.Run(arguments).Succeeded();
        Assert.Contains(after.ErrorLines, line => line.StartsWith("Going on after step 6, ", StringComparison.Ordinal));
        Assert.DoesNotContain("warning", after.Error);
    }

    [Fact]
    public void OutputFolder_OfGooglesProgram_IsGoneOnFrom()
    {
        using var run = new GoogleRun();
        run.CopyCheckpoint("mrpc", "out");
        string[] command =
        [
            "--task_name=MRPC", "--do_train=true", "--do_eval=true", "--data_dir=data/mrpc", "--vocab_file=model/vocab.txt",
            "--bert_config_file=model/bert_config.json", "--init_checkpoint=model/bert_model.ckpt", "--max_seq_length=40",
            "--train_batch_size=8", "--learning_rate=1e-3", "--output_dir=out",
        ];

        // It has done its 20 passes, 100 steps.
        BertResult done = run.Run([.. command, "--num_train_epochs=20.0"]).Succeeded();
        Assert.Contains(done.ErrorLines, line => line.StartsWith("Skipping training", StringComparison.Ordinal));
        Assert.Contains("global_step = 100", done.OutputLines);

        BertResult more = run.Run([.. command, "--num_train_epochs=22.0"]).Succeeded();
        Assert.Contains(more.ErrorLines, line => line.Contains("was written by another program", StringComparison.Ordinal));
        Assert.Contains("global_step = 110", more.OutputLines);
        Assert.Equal(
            "model_checkpoint_path: \"model.ckpt-110\"\nall_model_checkpoint_paths: \"model.ckpt-100\"\n"
            + "all_model_checkpoint_paths: \"model.ckpt-110\"\n",
            File.ReadAllText(run.Folder.At("out", "checkpoint")));
        Assert.False(File.Exists(run.Folder.At("out", "model.safetensors")));
    }

    /// <summary>18 steps, a checkpoint after each third.</summary>
    private static string[] Arguments(TemporaryFolder folder, params string[] flags)
    {
        string model = Directory.Exists(folder.At("model")) ? folder.At("model") : TinyModel.Write(folder);
        string data = Directory.Exists(folder.At("data")) ? folder.At("data") : TinyTask.WriteMrpc(folder);
        return TinyTask.Arguments(model, data, folder.At("out"), ["--do_train", "--save_checkpoints_steps=3", .. flags]);
    }

    private static string[] Files(TemporaryFolder folder) =>
    [
        .. Directory.EnumerateFiles(
            folder.At("out"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(path => !path.Contains("events.out.tfevents.", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    private static void Cut(string path) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^9]);
}
