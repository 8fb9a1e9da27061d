// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BertManaged.Cli.Tests;

/// <summary>What <c>bert quickstart</c> promises. Two of these train the whole model, with different seeds.</summary>
public partial class QuickstartTests
{
    private static readonly string[] ModelFiles =
        ["model.safetensors", "config.json", "vocab.txt", "tokenizer_config.json", "metrics.jsonl", "eval_results.txt",
            "test_results.tsv", "predictions.tsv"];

    [Fact]
    public void Quickstart_InText_ShowsAccuraciesPredictionsFilesAndTheSameByHand()
    {
        using var folder = new TemporaryFolder();
        string[] lines = new Bert { WorkingDirectory = folder.Path }.RunWith("quickstart").Succeeded().OutputLines;

        double model = Percent(lines, "BERT, its last weights"), majority = Percent(lines, "always the same author");
        Assert.Equal((33.3, 74.7), (majority, Percent(lines, "counted words (naive Bayes)")));
        Assert.True(model >= majority + 25, $"accuracy {model} %");
        Assert.Equal(6, lines.Count(line => line.Contains("wrote it; the model says", StringComparison.Ordinal)));
        foreach (string file in ModelFiles.Select(name => Path.Combine("bert-quickstart", "model", name)))
        {
            Assert.Contains(file, lines);
            Assert.True(File.Exists(folder.At(file)), file);
        }

        CheckByHand(
            folder, string.Join(' ', lines.SkipWhile(line => !line.StartsWith("bert classify --task_name=csv", StringComparison.Ordinal))));
    }

    [Fact]
    public void Quickstart_InJsonWithAnotherSeed_BeatsTheMajorityToo()
    {
        using var folder = new TemporaryFolder();
        BertResult result = Bert.Run("quickstart", "--seed=2", "--format=json", $"--output_dir={folder.At("out")}").Succeeded();
        using JsonDocument report = JsonDocument.Parse(Assert.Single(result.OutputLines));
        JsonElement root = report.RootElement, accuracy = root.GetProperty("accuracy");

        Assert.InRange(accuracy.GetProperty("model").GetDouble(), accuracy.GetProperty("majority").GetDouble() + 0.25, 1);
        Assert.Equal((2700, 450), (root.GetProperty("training_passages").GetInt32(), root.GetProperty("test_passages").GetInt32()));
        Assert.All(root.GetProperty("files").EnumerateArray(), file => Assert.True(File.Exists(file.GetString()), file.GetString()));
        JsonElement[] predictions = [.. root.GetProperty("predictions").EnumerateArray()];
        Assert.Equal(["Burnett", "Eliot", "Stevenson"], predictions.Select(p => p.GetProperty("label").GetString()).Distinct());
        foreach (JsonElement prediction in predictions)
        {
            Dictionary<string, double> probabilities = prediction.GetProperty("probabilities").EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.GetDouble());
            Assert.Equal(1, probabilities.Values.Sum(), 5);
            Assert.Equal(probabilities.MaxBy(p => p.Value).Key, prediction.GetProperty("predicted").GetString());
        }
    }

    [Fact]
    public void Quickstart_IntoAFolderWithAModel_IsRefusedAndLeavesItAlone()
    {
        using var folder = new TemporaryFolder();
        folder.Write(Path.Combine("model", "model.safetensors"), "somebody's work");
        Bert.Run("quickstart", $"--output_dir={folder.Path}", "--format=json")
            .FailedWith(2, "already holds a model", "--overwrite_output_dir", folder.At("model"));

        Assert.Equal("somebody's work", File.ReadAllText(folder.At("model", "model.safetensors")));
        Assert.False(Directory.Exists(folder.At("data")));
    }

    [Fact]
    public void Quickstart_IntoAFolderWithOtherData_IsRefusedAndLeavesItAlone()
    {
        using var folder = new TemporaryFolder();
        string theirs = folder.Write(Path.Combine("data", "train.tsv"), "text\tauthor\n");
        Bert.Run("quickstart", $"--output_dir={folder.Path}", "--format=json")
            .FailedWith(2, theirs, "not the quickstart's", "--overwrite_output_dir");

        Assert.Equal("text\tauthor\n", File.ReadAllText(theirs));
        Assert.Equal(["train.tsv"], Directory.EnumerateFiles(folder.At("data")).Select(Path.GetFileName));
    }

    [Fact]
    public void Quickstart_WhereItsFolderIsTaken_TakesAnotherAndStopsWhenAskedTo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.At("bert-quickstart"));
        var bert = new Bert { WorkingDirectory = folder.Path };
        Process process = bert.Start(["quickstart"]);
        WaitForFirstStep(folder.At("bert-quickstart-2", "model", "metrics.jsonl"), process);
        using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        bert.Finish(process).EndedWith(130, "interrupted", Path.Combine("bert-quickstart-2", "model"));
        Assert.True(File.Exists(folder.At("bert-quickstart-2", "model", "model.safetensors")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.At("bert-quickstart")));
    }

    /// <summary>The printed command line, stopped after two steps, gives the quickstart's losses to the last bit.</summary>
    private static void CheckByHand(TemporaryFolder folder, string commandLine)
    {
        string[] arguments = [.. commandLine.Split(' ').Skip(1), "--max_steps=2"];
        new Bert { WorkingDirectory = folder.Path }.RunWith(arguments).Succeeded();

        Assert.Equal(
            Losses(folder.At("bert-quickstart", "model", "metrics.jsonl")).Take(2),
            Losses(folder.At("bert-quickstart", "by-hand", "metrics.jsonl")));
    }

    private static List<double> Losses(string metrics) =>
        [.. File.ReadLines(metrics).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("loss").GetDouble())];

    private static double Percent(string[] lines, string name)
    {
        string line = Assert.Single(lines, line => line.StartsWith(name, StringComparison.Ordinal));
        return double.Parse(PercentAtEnd().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static void WaitForFirstStep(string metrics, Process process)
    {
        var watch = Stopwatch.StartNew();
        while (!File.Exists(metrics) || new FileInfo(metrics).Length == 0)
        {
            Assert.False(process.HasExited, "it ended before it trained");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "it never trained");
            Thread.Sleep(20);
        }
    }

    [GeneratedRegex(@"([\d.]+) %$")]
    private static partial Regex PercentAtEnd();
}
