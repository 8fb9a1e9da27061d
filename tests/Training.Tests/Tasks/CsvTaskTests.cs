// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>A person's own files.</summary>
public class CsvTaskTests
{
    [Fact]
    public void ReadTrain_Csv_TakesQuotedFieldsAndCountsLines()
    {
        using TaskFolder folder = new TaskFolder().With("train.csv",
            "\uFEFFid,Text,label\r\n"
            + "1,\"He said, \"\"no\"\".\",neg\r\n"
            + "\r\n"
            + "2,\"two\nlines\",pos\r\n"
            + "3,\"\",\" pos \"\r\n"
            + "4, kept spaces ,neg");
        ClassificationTask task = Settled(folder);

        Assert.Equal(["neg", "pos"], task.Labels);
        Assert.Equal(
            [
                new InputExample("train-2", "He said, \"no\".", null, "neg", 2),
                new InputExample("train-4", "two\nlines", null, "pos", 4),
                new InputExample("train-6", "", null, "pos", 6),
                new InputExample("train-7", " kept spaces ", null, "neg", 7),
            ],
            task.ReadTrain(folder.Root));
    }

    [Fact]
    public void ReadTrain_Tsv_HasNoQuoting()
    {
        using TaskFolder folder = new TaskFolder().With("train.tsv", "\uFEFFlabel\ttext_a\n1\t\"a, \"b\n\n0\tc\"\"d\r\n");

        Assert.Equal(
            [
                new InputExample("train-2", "\"a, \"b", null, "1", 2),
                new InputExample("train-4", "c\"\"d", null, "0", 4),
            ],
            Settled(folder).ReadTrain(folder.Root));
    }

    [Fact]
    public void ReadTrain_JsonLines_TakesTextsNumbersAndTruths()
    {
        using TaskFolder folder = new TaskFolder().With("train.jsonl",
            """
            {"text": "caf\u00e9\t\"x\"", "label": 10, "other": null}

            {"label": 9, "text": "b", "text_b": "c"}
            {"text": "c", "text_b": "d", "label": 9}
            """.Replace("\"text\": \"caf", "\"text_b\": \"\", \"text\": \"caf"));
        ClassificationTask task = Settled(folder);

        Assert.Equal(["9", "10"], task.Labels);
        Assert.Equal(
            [
                new InputExample("train-1", "café\t\"x\"", "", "10", 1),
                new InputExample("train-3", "b", "c", "9", 3),
                new InputExample("train-4", "c", "d", "9", 4),
            ],
            task.ReadTrain(folder.Root));
    }

    [Theory]
    [InlineData("10 9 -1", "-1 9 10")]
    [InlineData("b B a é", "B a b é")]
    [InlineData("10 9 x", "10 9 x")]
    [InlineData("1 01 2", "01 1 2")]
    public void WithLabelsFrom_Labels_AreSortedAsNumbersOrByCodeUnit(string labels, string sorted)
    {
        string rows = string.Concat(labels.Split(' ').Select(label => $"t\t{label}\n"));
        using TaskFolder folder = new TaskFolder().With("train.tsv", "text\tlabel\n" + rows);

        Assert.Equal(sorted.Split(' '), Settled(folder).Labels);
    }

    [Fact]
    public void WithLabels_OfAModel_NeedsNoTrainingFile()
    {
        using TaskFolder folder = new TaskFolder().With("test.csv", "text\nhello\n").With("dev.csv", "text,label\na,pos\nb,neutral\n");
        ClassificationTask task = ClassificationTask.Find("csv").WithLabels(["pos", "neg"]).WithLabelsFrom(folder.Root);

        Assert.Equal(["pos", "neg"], task.Labels);
        Assert.Null(Assert.Single(task.ReadTest(folder.Root)).Label);
        var error = Assert.Throws<TaskDataException>(() => task.ReadDev(folder.Root));
        Assert.EndsWith(
            "dev.csv, row 3: column 'label': expected one of the labels 'pos', 'neg', but found 'neutral'.",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadTest_Labels_AreKeptUnchecked()
    {
        using TaskFolder folder = new TaskFolder().With("test.csv", "text,label\na,pos\nb,\nc,?\n");
        ClassificationTask task = ClassificationTask.Find("csv").WithLabels(["pos", "neg"]);

        Assert.Equal(["pos", null, "?"], task.ReadTest(folder.Root).Select(e => e.Label));
    }

    [Fact]
    public void Labels_NotSettled_IsAProgrammersError() =>
        Assert.Throws<InvalidOperationException>(() => ClassificationTask.Find("csv").Labels);

    [Theory]
    [InlineData("text,label", null, null, "T", null)]
    [InlineData("text,text_b,label", null, null, "T", "U")]
    [InlineData("sentence,label", null, null, "T", null)]
    [InlineData("sentence1,sentence2,label", null, null, "T", "U")]
    [InlineData("question,answer,label", "question", "answer", "T", "U")]
    [InlineData("question,text_b,label", "question", null, "T", null)]
    [InlineData("QUESTION,Answer,label", "question", "answer", "T", "U")]
    public void Columns_NamedOrUsual_AreFound(string header, string? text, string? textB, string a, string? b)
    {
        string cells = header.Count(c => c == ',') == 2 ? "T,U,x" : "T,x";
        using TaskFolder folder = new TaskFolder().With("dev.csv", $"{header}\n{cells}\n");
        ClassificationTask task = ClassificationTask.Find("csv", new CsvColumns { Text = text, TextB = textB }).WithLabels(["x", "y"]);

        InputExample example = Assert.Single(task.ReadDev(folder.Root));
        Assert.Equal((a, b), (example.TextA, example.TextB));
    }

    [Fact]
    public void Read_ChnSentiCorp_Works()
    {
        string folder = SharedFolder.Path("data/chinese/chnsenticorp");
        ClassificationTask task = ClassificationTask.Find("csv").WithLabelsFrom(folder);

        Assert.Equal(["0", "1"], task.Labels);
        Assert.Equal((9600, 1200, 1200), (task.ReadTrain(folder).Count, task.ReadDev(folder).Count, task.ReadTest(folder).Count));
    }

    private static ClassificationTask Settled(TaskFolder folder) => ClassificationTask.Find("csv").WithLabelsFrom(folder.Root);
}
