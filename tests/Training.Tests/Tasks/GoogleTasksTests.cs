// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>The four tasks of Google's program against what that program made of the same files.</summary>
public class GoogleTasksTests
{
    private const string Goldens = "goldens/google/classify";

    public static TheoryData<string, string> Sets => new()
    {
        { "mrpc", "train" }, { "mrpc", "eval" }, { "mrpc", "predict" },
        { "cola", "train" }, { "cola", "eval" }, { "cola", "predict" },
        { "mnli", "train" }, { "mnli", "eval" }, { "mnli", "predict" },
        { "xnli", "train" }, { "xnli", "eval" },
    };

    [Theory]
    [MemberData(nameof(Sets))]
    public void Read_GoldenFiles_GivesGooglesLabelIdsInFileOrder(string name, string set)
    {
        ClassificationTask task = ClassificationTask.Find(name);
        int[] expected = [.. LabelIds(SharedFolder.Path($"{Goldens}/{name}/{set}.tf_record.jsonl.gz"))];

        Assert.Equal(expected, Examples(task, set).Select(task.LabelId));
    }

    [Theory]
    [InlineData("mrpc")]
    [InlineData("cola")]
    [InlineData("mnli")]
    [InlineData("xnli")]
    public void Read_GoldenFiles_GivesGooglesGuidsAndTexts(string name)
    {
        ClassificationTask task = ClassificationTask.Find(name);
        string[] sets = name == "xnli" ? ["train", "eval"] : ["train", "eval", "predict"];
        InputExample[] logged = [.. sets.SelectMany(set => Examples(task, set).Take(5))];
        string[] log = File.ReadAllLines(SharedFolder.Path($"{Goldens}/{name}/log.txt"));

        Assert.Equal(Values(log, "guid: "), logged.Select(e => e.Guid));
        Assert.Equal(
            Values(log, "label: "),
            logged.Select(e => $"{e.Label} (id = {task.LabelId(e)})"));
        foreach ((InputExample example, string tokens) in logged.Zip(Values(log, "tokens: ")))
        {
            AssertTokensBegin(example, tokens);
        }
    }

    [Fact]
    public void Read_RealMrpc_HasTheKnownNumbersOfExamples()
    {
        ClassificationTask mrpc = ClassificationTask.Find("MRPC");
        string folder = SharedFolder.Path("data/mrpc");

        Assert.Equal(3668, mrpc.ReadTrain(folder).Count);
        Assert.Equal(1725, mrpc.ReadTest(folder).Count);
        IReadOnlyList<InputExample> dev = mrpc.ReadDev(folder);
        Assert.Equal(408, dev.Count);
        Assert.Equal(279, dev.Count(e => e.Label == "1"));
        Assert.Equal(
            new InputExample(
                "dev-1",
                "He said the foodservice pie business doesn 't fit the company 's long-term growth strategy .",
                "\" The foodservice pie business does not fit our long-term growth strategy .", "1", 2),
            dev[0]);
    }

    [Fact]
    public void ReadTest_Xnli_SaysThatThereIsNone()
    {
        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("xnli").ReadTest("anywhere"));

        Assert.Equal(
            "Expected a task with a test set for --do_predict, but xnli has none in Google's code; "
            + "predict your own file with --task_name=csv.",
            error.Message);
    }

    [Fact]
    public void ReadDev_Xnli_ReadsChineseRowsOnlyAndCountsAllLines()
    {
        using TaskFolder folder = new TaskFolder().With("xnli.dev.tsv",
            "language\tgold_label\t\t\t\t\tsentence1\tsentence2\n"
            + "en\tnonsense\n"
            + "zh\tneutral\t\t\t\t\t甲\t乙\n");

        Assert.Equal(
            [new InputExample("dev-2", "甲", "乙", "neutral", 3)],
            ClassificationTask.Find("xnli").ReadDev(folder.Root));
    }

    [Fact]
    public void ReadTrain_Xnli_TakesContradictoryForContradiction()
    {
        using TaskFolder folder = new TaskFolder().With(
            "multinli/multinli.train.zh.tsv", "premise\thypo\tlabel\n甲\t乙\tcontradictory\n");

        InputExample example = Assert.Single(ClassificationTask.Find("xnli").ReadTrain(folder.Root));
        Assert.Equal("contradiction", example.Label);
    }

    private static IReadOnlyList<InputExample> Examples(ClassificationTask task, string set)
    {
        string folder = SharedFolder.Path($"{Goldens}/data/{task.Name}");
        return set switch
        {
            "train" => task.ReadTrain(folder),
            "eval" => task.ReadDev(folder),
            _ => task.ReadTest(folder),
        };
    }

    private static IEnumerable<int> LabelIds(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is string line)
        {
            using JsonDocument json = JsonDocument.Parse(line);
            yield return json.RootElement.GetProperty("label_ids")[0].GetInt32();
        }
    }

    private static IEnumerable<string> Values(string[] log, string key) =>
        log.Where(line => line.StartsWith(key, StringComparison.Ordinal)).Select(line => line[key.Length..]);

    /// <summary>The logged word pieces, glued together, are the beginning of the text they come from.</summary>
    private static void AssertTokensBegin(InputExample example, string tokens)
    {
        string[] parts = tokens["[CLS] ".Length..].Split(" [SEP]");
        string?[] texts = [example.TextA, example.TextB];
        for (int i = 0; i < texts.Length; i++)
        {
            if (texts[i] is string text && text.All(char.IsAscii) && !parts[i].Contains("[UNK]"))
            {
                Assert.StartsWith(
                    parts[i].Replace(" ##", "").Replace(" ", ""), text.ToLowerInvariant().Replace(" ", ""), StringComparison.Ordinal);
            }
        }
    }
}
