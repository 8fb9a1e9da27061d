// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Classify;

public class ClassifyTests
{
    [Fact]
    public void TrainEvaluatePredict_WritesItsFilesAndPrintsTheEvaluation()
    {
        using var folder = new TemporaryFolder();
        string output = folder.At("out");
        BertResult result = Bert.Run(Arguments(folder, "--do_train", "--do_eval", "--do_predict", "--num_train_epochs=2")).Succeeded();

        string[] files =
        [
            "config.json", "eval_results.txt", "metrics.jsonl", "model.safetensors", "test_results.tsv", "tokenizer_config.json",
                "vocab.txt",
        ];
        string[] found = [.. Directory.EnumerateFiles(output).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Single(found, name => name.StartsWith("events.out.tfevents.", StringComparison.Ordinal));
        Assert.Equal(files, found.Where(name => !name.StartsWith("events.", StringComparison.Ordinal)));
        Assert.Equal("***** Eval results *****", result.OutputLines[0]);
        Assert.Contains("global_step = 12", result.OutputLines);
        Assert.Contains("***** Running training *****", result.ErrorLines);
        Assert.Contains(result.ErrorLines, line => line.StartsWith("step 12/12  loss ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', result.Error);
        Assert.Equal(12, File.ReadAllLines(Path.Combine(output, "metrics.jsonl")).Length);
    }

    [Fact]
    public void Prediction_FromTheModelOfAnEarlierRun_IsThatOfTheRun()
    {
        using var folder = new TemporaryFolder();
        Run(folder, "--do_train", "--do_eval", "--do_predict").Succeeded();
        string[] before = [.. Results(folder)];
        Run(folder, "--do_eval", "--do_predict").Succeeded();
        Assert.Equal(before, Results(folder));
    }

    [Fact]
    public void Json_HasEvaluationStepsAndFiles()
    {
        using var folder = new TemporaryFolder();
        using JsonDocument report =
            JsonDocument.Parse(
                Bert.Run(Arguments(folder, "--do_train", "--do_eval", "--max-steps=3", "--format=json")).Succeeded().Output);
        Assert.Equal(3, report.RootElement.GetProperty("trained_steps").GetInt32());
        Assert.Equal(3, report.RootElement.GetProperty("evaluation").GetProperty("global_step").GetInt32());
        Assert.False(report.RootElement.GetProperty("interrupted").GetBoolean());
        Assert.All(report.RootElement.GetProperty("files").EnumerateArray(), file => Assert.True(File.Exists(file.GetString())));
    }

    [Fact]
    public void Csv_WithOnesOwnColumnsAndLabels_IsLearntAndPredicted()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteCsv(folder);
        BertResult result = Bert.Run(
            "classify", "--task-name=csv", "--data-dir", data, "--model", model, "--output-dir", folder.At("out"),
            "--max-seq-length=16", "--train-batch-size=4", "--text-column=review", "--label-column=verdict", "--do-train", "--do-eval",
            "--do-predict", "--learning-rate=1e-2", "--num-train-epochs=20");
        Assert.Contains("eval_accuracy = 1.0", result.Succeeded().OutputLines);
        Assert.Contains("negative", File.ReadAllText(folder.At("out", "predictions.tsv")));
    }

    [Fact]
    public void Training_OnEitherBackend_GivesTheSameLosses()
    {
        using TemporaryFolder folder = new(), reference = new();
        Run(folder, "--do_train", "--max_steps=4", "--dropout=0", "--shuffle=none", "--backend=cpu").Succeeded();
        Run(reference, "--do_train", "--max_steps=4", "--dropout=0", "--shuffle=none", "--backend=reference").Succeeded();
        Assert.All(Losses(folder).Zip(Losses(reference)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void Training_OnOneTwoAndThreeThreads_WritesTheSameBits()
    {
        byte[][] weights = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using var folder = new TemporaryFolder();
            Run(folder, "--do_train", $"--threads={threads}").Succeeded();
            return File.ReadAllBytes(folder.At("out", "model.safetensors"));
        })];
        Assert.Equal(weights[0], weights[1]);
        Assert.Equal(weights[0], weights[2]);
    }

    [Fact]
    public void Training_WithRecompute_WritesTheSameBits()
    {
        using TemporaryFolder kept = new(), recomputed = new();
        Run(kept, "--do_train").Succeeded();
        Run(recomputed, "--do_train", "--recompute").Succeeded();
        Assert.Equal(File.ReadAllBytes(kept.At("out", "model.safetensors")), File.ReadAllBytes(recomputed.At("out", "model.safetensors")));
    }

    [Fact]
    public void SavedModel_HasTheTensorsOfHuggingFace()
    {
        using var folder = new TemporaryFolder();
        Run(folder, "--do_train", "--max_steps=1").Succeeded();
        using ITensorFile saved = TensorFiles.Open(folder.At("out"));
        string[] expected = [.. TinyModel.Tensors(outputs: 2).Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]")];
        string[] found = [.. saved.Tensors.Select(tensor => $"{tensor.Name} {tensor.ShapeText}")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("--use_tpu=false --tpu_name=x --tpu_zone=x --gcp_project=x --master=x --num_tpu_cores=8")]
    [InlineData("--iterations_per_loop=1 --save_checkpoints_steps=5")]
    [InlineData("--optimizer=adamw --schedule=linear --clip_norm=none --gelu=tanh --seed=3 --dropout=0.2 --shuffle=full")]
    [InlineData("--clip-norm=tensorflow --optimizer=google --schedule=google --gelu=erf")]
    public void Flags_ThatGoogleHasOrWeAdd_AreAccepted(string flags)
    {
        using var folder = new TemporaryFolder();
        Run(folder, ["--do_train", "--max_steps=2", .. flags.Split(' ')]).Succeeded();
    }

    private static BertResult Run(TemporaryFolder folder, params string[] flags) => BertInside.Run(Arguments(folder, flags));

    private static string[] Arguments(TemporaryFolder folder, params string[] flags)
    {
        string model = Directory.Exists(folder.At("model")) ? folder.At("model") : TinyModel.Write(folder);
        string data = Directory.Exists(folder.At("data")) ? folder.At("data") : TinyTask.WriteMrpc(folder);
        return TinyTask.Arguments(model, data, folder.At("out"), flags);
    }

    private static IEnumerable<string> Results(TemporaryFolder folder) =>
        new[] { "eval_results.txt", "test_results.tsv" }.Select(name => File.ReadAllText(folder.At("out", name)));

    private static IEnumerable<double> Losses(TemporaryFolder folder) =>
        File.ReadLines(folder.At("out", "metrics.jsonl")).Select(line => JsonElement.Parse(line).GetProperty("loss").GetDouble());
}
