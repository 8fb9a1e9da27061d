// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using BertManaged.Cli.Tests.Pretrain;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>The output folder of a run that was killed, given to a verb as a model.</summary>
public class UnfinishedRunTests
{
    private static readonly string[] ModelOfTheEnd = ["model.safetensors", "config.json", "vocab.txt", "tokenizer_config.json"];

    [Theory]
    [InlineData("fill-mask --text=[MASK] --model=")]
    [InlineData("inspect weights ")]
    [InlineData("inspect forward --text=good --output=dump.safetensors ")]
    [InlineData("export onnx --output=model.onnx --model=")]
    public void Model_WithCheckpointsAlone_NamesTheNewest(string command)
    {
        using var folder = new TemporaryFolder();
        Kill(Pretrained(folder, "--save_checkpoints_steps=2"));
        string output = folder.At("out"), newest = folder.At("out", "checkpoint-5");
        Bert bert = new() { WorkingDirectory = folder.Path };
        bert.RunWith((command + output).Split(' ')).FailedWith(2, $"{output}: ", $"the newest is {newest}");
        bert.RunWith((command + newest).Split(' ')).Succeeded();
    }

    [Theory]
    [InlineData("--model=OUT")]
    [InlineData("--init_checkpoint=OUT --bert_config_file=OUT/checkpoint-5/config.json --vocab_file=OUT/checkpoint-5/vocab.txt")]
    public void FineTuning_FromCheckpointsAlone_NamesTheNewestBeforeDataAreRead(string flags)
    {
        using var folder = new TemporaryFolder();
        Kill(Pretrained(folder));
        string[] arguments =
        [
            "classify", "--task_name=MRPC", "--data_dir=nowhere", $"--output_dir={folder.At("tuned")}", "--do_train",
            .. flags.Replace("OUT", folder.At("out"), StringComparison.Ordinal).Split(' '),
        ];
        Bert.Run(arguments).FailedWith(2, $"the newest is {folder.At("out", "checkpoint-5")}");
        Assert.False(Directory.Exists(folder.At("tuned")));
    }

    [Fact]
    public void Model_InTensorFlowsForm_IsItsNewestCheckpoint()
    {
        using var folder = new TemporaryFolder();
        string output = Pretrained(folder, "--save_checkpoints_steps=2", "--checkpoint_format=tf");
        string[] question = ["fill-mask", "--text=[MASK]"];
        Assert.Equal(
            Bert.Run([.. question, $"--model={output}/model.ckpt-5"]).Succeeded().Output,
            Bert.Run([.. question, $"--model={output}"]).Succeeded().Output);
    }

    [Fact]
    public void Model_OlderThanACheckpoint_IsTakenAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        string output = Pretrained(folder, "--max_steps=2"), weights = Path.Combine(output, "model.safetensors");
        BertResult before = Bert.Run("fill-mask", "--text=[MASK]", $"--model={output}").Succeeded();
        Assert.Empty(before.ErrorLines);

        byte[] older = File.ReadAllBytes(weights);
        Pretrained(folder);
        File.WriteAllBytes(weights, older);
        BertResult after = Bert.Run("fill-mask", "--text=[MASK]", $"--model={output}").Succeeded();
        string notice = Assert.Single(after.ErrorLines);
        Assert.StartsWith($"warning: {output}: its own weights are those of step 2", notice, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(output, "checkpoint-5")} is newer", notice, StringComparison.Ordinal);
        Assert.Equal(before.Output, after.Output);

        string[] tuning = TinyTask.Arguments(output, TinyTask.WriteMrpc(folder), folder.At("tuned"), "--do_train", "--max_steps=1");
        Assert.Contains(notice, Bert.Run(tuning).Succeeded().ErrorLines);
    }

    [Fact]
    public void Model_OfARunThatIsStartedOver_GoesWithTheFirstCheckpoint()
    {
        using var folder = new TemporaryFolder();
        string output = Pretrained(folder), newest = Path.Combine(output, "checkpoint-1");
        var bert = new Bert();
        Process process = bert.Start(Arguments(
            folder, "--overwrite_output_dir", "--num_train_steps=1000000", "--save_checkpoints_steps=1", "--keep_checkpoints=0"));
        var watch = Stopwatch.StartNew();
        while (!Directory.Exists(Path.Combine(output, "checkpoint-2")))
        {
            Assert.False(process.HasExited, "it ended before it was killed");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "it never trained");
            Thread.Sleep(1);
        }

        process.Kill();
        bert.Finish(process);
        Assert.True(Directory.Exists(newest));
        Bert.Run("fill-mask", "--text=[MASK]", $"--model={output}").FailedWith(2, $"the newest is {Path.Combine(output, "checkpoint-")}");
    }

    /// <summary>As if the run had been killed before it could save its model.</summary>
    private static void Kill(string output) => Array.ForEach(ModelOfTheEnd, name => File.Delete(Path.Combine(output, name)));

    /// <summary>5 steps of pre-training.</summary>
    /// <returns>The output folder.</returns>
    private static string Pretrained(TemporaryFolder folder, params string[] flags)
    {
        Bert.Run(Arguments(folder, flags)).Succeeded();
        return folder.At("out");
    }

    private static string[] Arguments(TemporaryFolder folder, params string[] flags) => TinyPretraining.Arguments(
        TinyModel.Write(folder), TinyPretraining.WriteExamples(folder), folder.At("out"), ["--do_train", .. flags]);
}
