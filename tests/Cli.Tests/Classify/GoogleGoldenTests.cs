// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;

namespace BertManaged.Cli.Tests.Classify;

/// <summary>Google's own command lines, from its own checkpoints, to its own numbers.</summary>
public class GoogleGoldenTests
{
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData("mrpc")]
    [InlineData("cola")]
    [InlineData("mnli")]
    [InlineData("xnli")]
    public void EvaluationAndPrediction_FromOutputDir_GiveGooglesNumbers(string task)
    {
        using var run = new GoogleRun();
        run.CopyCheckpoint(task, $"again-{task}");
        BertResult result = run.Run(CommandLine(task, "eval_predict_from_output_dir")).Succeeded();
        AssertResults(run, task, $"again-{task}", golden: task);

        Assert.Equal("***** Eval results *****", result.OutputLines[0]);
        Assert.Equal(File.ReadAllLines(run.Folder.At($"again-{task}", "eval_results.txt")), result.OutputLines[1..]);
        Assert.All(result.Output.TrimEnd().Split('\n')[1..], line => Assert.StartsWith("  ", line));
    }

    [Theory]
    [InlineData("mrpc")]
    [InlineData("cola")]
    [InlineData("mnli")]
    [InlineData("xnli")]
    public void EvaluationAndPrediction_FromInitCheckpoint_GiveGooglesNumbers(string task)
    {
        using var run = new GoogleRun();
        run.CopyCheckpoint(task, $"again-{task}");
        run.Run(CommandLine(task, "eval_predict_from_init_checkpoint")).Succeeded();
        AssertResults(run, task, $"init-{task}", golden: $"{task}/init_checkpoint_only");
    }

    private static string[] CommandLine(string task, string name)
    {
        using JsonDocument commands = JsonDocument.Parse(GoogleRun.Golden("commands.json"));
        string[] words = commands.RootElement.GetProperty(task).GetProperty(name).GetString()!.Split(' ');
        Assert.Equal("run_classifier.py", words[0]);
        return words[1..];
    }

    private static void AssertResults(GoogleRun run, string task, string outputDir, string golden)
    {
        Dictionary<string, string> expected = Results(GoogleRun.Golden($"{golden}/eval_results.txt"));
        Dictionary<string, string> found = Results(File.ReadAllText(run.Folder.At(outputDir, "eval_results.txt")));
        Assert.Equal(expected["global_step"], found["global_step"]);
        Assert.All(expected.Keys, key => AssertClose(expected[key], found[key]));
        if (task != "xnli")
        {
            AssertTables(GoogleRun.Golden($"{golden}/test_results.tsv"), File.ReadAllText(run.Folder.At(outputDir, "test_results.tsv")));
        }
    }

    private static Dictionary<string, string> Results(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(" = "))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    private static void AssertTables(string expected, string found)
    {
        string[] expectedCells = expected.Split('\n', '\t'), foundCells = found.Split('\n', '\t');
        Assert.Equal(expectedCells.Length, foundCells.Length);
        Assert.True(expectedCells.Length > 20);
        Assert.All(expectedCells.Zip(foundCells).Where(pair => pair.First.Length > 0), pair => AssertClose(pair.First, pair.Second));
    }

    private static void AssertClose(string expected, string found)
    {
        Assert.Equal(Number(expected), Number(found), Tolerance);

        // Shortest digits of a float32, never more than nine of them.
        Assert.Matches(@"^-?\d+(\.\d+)?(e-\d\d)?$", found);
        Assert.InRange(found.Length, 1, 15);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
