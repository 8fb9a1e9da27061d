// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests.Pretrain;

public class PretrainTests
{
    [Fact]
    public void GooglesCommandLine_OfTheReadme_TrainsEvaluatesAndSaves()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), input = TinyPretraining.WriteExamples(folder);
        BertResult result = Bert.Run(
            "run_pretraining", $"--input_file={input}", $"--output_dir={folder.At("out")}", "--do_train=True", "--do_eval=True",
            $"--bert_config_file={model}/config.json", $"--init_checkpoint={model}", "--train_batch_size=8", "--max_seq_length=16",
            "--max_predictions_per_seq=3", "--num_train_steps=20", "--num_warmup_steps=10", "--learning_rate=2e-5", "--use_tpu=False",
            "--iterations_per_loop=1000", "--max_eval_steps=2").Succeeded();
        Assert.Equal("***** Eval results *****", result.OutputLines[0]);
        Assert.Equal("global_step = 20", result.OutputLines[1]);
        Assert.Contains(result.ErrorLines, line => line == "*** Input Files ***");
        Assert.Contains(result.ErrorLines, line => line.Contains("mlm ", StringComparison.Ordinal)
            && line.Contains("nsp ", StringComparison.Ordinal) && line.Contains("tokens/s", StringComparison.Ordinal));
        string[] keys = [.. File.ReadAllLines(folder.At("out", "eval_results.txt")).Select(line => line.Split(" = ")[0])];
        Assert.Equal(
            ["global_step", "loss", "masked_lm_accuracy", "masked_lm_loss", "next_sentence_accuracy", "next_sentence_loss"], keys);
        Assert.Equal(20, File.ReadAllLines(folder.At("out", "metrics.jsonl")).Length);

        // What was saved can be fine-tuned.
        string[] fineTuning = TinyTask.Arguments(folder.At("out"), TinyTask.WriteMrpc(folder), folder.At("tuned"), "--do_train");
        Bert.Run(fineTuning).Succeeded();
    }

    [Fact]
    public void SeveralFiles_ByPatterns_AreReadInOrder()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        folder.Write("b-2.tfrecord", File.ReadAllBytes(TinyPretraining.WriteExamples(folder, "b-1.tfrecord", 7)));
        string single = TinyPretraining.WriteExamples(folder, "a.tfrecord", 5);
        BertResult result = Bert.Run(TinyPretraining.Arguments(
            model, $"{folder.At("b-[12].tfrecord")},{single}", folder.At("out"), "--do_train", "--format=json")).Succeeded();
        Assert.Contains(result.ErrorLines, line => line == "Num examples = 19");
        int first = Array.IndexOf(result.ErrorLines, "*** Input Files ***");
        Assert.Equal([folder.At("b-1.tfrecord"), folder.At("b-2.tfrecord"), single], result.ErrorLines[(first + 1)..(first + 4)]);
        Assert.Equal(5, JsonElement.Parse(result.Output).GetProperty("trained_steps").GetInt32());
    }

    [Fact]
    public void ModelFromScratch_OfTheSameSeed_HasTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        string config = Path.Combine(TinyModel.Write(folder), "config.json"), input = TinyPretraining.WriteExamples(folder);
        byte[][] models =
        [
            .. new[] { (1, 1), (1, 2), (2, 2) }.Select(run =>
            {
                string output = folder.At($"out-{run}");
                Bert.Run(
                    "pretrain", $"--input_file={input}", $"--output_dir={output}", "--do_train", $"--bert_config_file={config}",
                    "--max_seq_length=16", "--max_predictions_per_seq=3", "--train_batch_size=4", "--num_train_steps=3",
                    "--num_warmup_steps=1", $"--seed={run.Item1}", $"--threads={run.Item2}").Succeeded();
                return File.ReadAllBytes(Path.Combine(output, "model.safetensors"));
            }),
        ];
        Assert.Equal(models[0], models[1]);
        Assert.NotEqual(models[0], models[2]);
    }
}
