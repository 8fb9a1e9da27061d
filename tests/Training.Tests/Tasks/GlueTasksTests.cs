// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>SST-2, RTE, STS-B and CoLA on the files of the GLUE download.</summary>
public class GlueTasksTests
{
    [Theory]
    [InlineData("cola", "cola", 8551, 1043, 1063)]
    [InlineData("sst-2", "sst2", 67349, 872, 1821)]
    [InlineData("rte", "rte", 2490, 277, 3000)]
    [InlineData("sts-b", "stsb", 5749, 1500, 1379)]
    public void Read_GlueFiles_GivesTheKnownNumbersOfExamples(string name, string folder, int train, int dev, int test)
    {
        ClassificationTask task = ClassificationTask.Find(name);
        string path = SharedFolder.Path($"data/glue/{folder}");

        Assert.Equal(train, task.ReadTrain(path).Count);
        Assert.Equal(dev, task.ReadDev(path).Count);
        Assert.Equal(test, task.ReadTest(path).Count);
    }

    [Fact]
    public void ReadDev_Sst2_TakesSentenceAndLabel()
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", "sentence\tlabel\na \"charming journey . \t1\n");

        Assert.Equal(
            [new InputExample("dev-1", "a \"charming journey . ", null, "1", 2)],
            ClassificationTask.Find("sst2").ReadDev(folder.Root));
    }

    [Fact]
    public void ReadTest_Sst2_HasNoLabels()
    {
        using TaskFolder folder = new TaskFolder().With("test.tsv", "index\tsentence\n0\tuneasy mishmash .\n");

        Assert.Equal(
            [new InputExample("test-1", "uneasy mishmash .", null, null, 2)],
            ClassificationTask.Find("SST-2").ReadTest(folder.Root));
    }

    [Fact]
    public void ReadDev_Rte_TakesPairsAndLabelsInGluesOrder()
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", "index\tsentence1\tsentence2\tlabel\n0\tA.\tB.\tnot_entailment\n");
        ClassificationTask task = ClassificationTask.Find("RTE");

        InputExample example = Assert.Single(task.ReadDev(folder.Root));
        Assert.Equal(new InputExample("dev-1", "A.", "B.", "not_entailment", 2), example);
        Assert.Equal(1, task.LabelId(example));
    }

    [Fact]
    public void ReadDev_StsB_TakesScores()
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", "header\n0\tg\tf\ty\to\ts1\ts2\tA plane.\tAn air plane.\t4.750\n");
        ClassificationTask task = ClassificationTask.Find("stsb");

        InputExample example = Assert.Single(task.ReadDev(folder.Root));
        Assert.Equal(("A plane.", "An air plane."), (example.TextA, example.TextB));
        Assert.Equal(4.75f, ClassificationTask.Score(example));
        Assert.True(task.IsRegression);
        Assert.Equal(1, task.OutputCount);
    }

    [Fact]
    public void ReadDev_StsBWithoutANumber_SaysWhere()
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", "header\n0\tg\tf\ty\to\ts1\ts2\tA plane.\tAn air plane.\tnan\n");

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("sts-b").ReadDev(folder.Root));
        Assert.EndsWith("dev.tsv, row 2: column 10: expected a number as score, but found 'nan'.", error.Message, StringComparison.Ordinal);
    }
}
