// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

public class ClassificationTaskTests
{
    [Theory]
    [InlineData("MRPC", "mrpc", 2)]
    [InlineData("CoLA", "cola", 2)]
    [InlineData("mNlI", "mnli", 3)]
    [InlineData("XNLI", "xnli", 3)]
    [InlineData("SST-2", "sst-2", 2)]
    [InlineData("sst2", "sst-2", 2)]
    [InlineData("RTE", "rte", 2)]
    [InlineData("STS-B", "sts-b", 1)]
    [InlineData("STSB", "sts-b", 1)]
    public void Find_AnyCase_GivesTheTask(string given, string name, int outputs)
    {
        ClassificationTask task = ClassificationTask.Find(given);

        Assert.Equal(name, task.Name);
        Assert.Equal(outputs, task.OutputCount);
    }

    [Fact]
    public void Find_EachKnownName_Works() =>
        Assert.Equal(ClassificationTask.KnownNames, ClassificationTask.KnownNames.Select(name => ClassificationTask.Find(name).Name));

    [Fact]
    public void Find_UnknownName_NamesTheKnownTasks()
    {
        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("qnli"));

        Assert.Equal(
            "Expected --task_name to be one of mrpc, cola, mnli, xnli, sst-2, rte, sts-b, csv, but found 'qnli'; csv reads your own files.",
            error.Message);
    }

    [Fact]
    public void Metrics_EachTask_AreThoseOfGlue()
    {
        Assert.Equal([TaskMetric.F1], ClassificationTask.Find("mrpc").Metrics);
        Assert.Equal([TaskMetric.Matthews], ClassificationTask.Find("cola").Metrics);
        Assert.Equal([TaskMetric.Pearson, TaskMetric.Spearman], ClassificationTask.Find("sts-b").Metrics);
        Assert.All(["mnli", "xnli", "sst-2", "rte", "csv"], name => Assert.Empty(ClassificationTask.Find(name).Metrics));
    }

    [Fact]
    public void WithLabels_OwnLabelsInAnotherOrder_TakesTheModelsOrder()
    {
        ClassificationTask task = ClassificationTask.Find("mnli").WithLabels(["entailment", "neutral", "contradiction"]);

        Assert.Equal(2, task.LabelId(new InputExample("x", "", null, "contradiction", 1)));
        Assert.Equal(0, ClassificationTask.Find("mnli").LabelId(new InputExample("x", "", null, "contradiction", 1)));
    }

    [Fact]
    public void WithLabels_ReversedMrpc_KeepsF1OnTheParaphrases()
    {
        Assert.Equal(1, ClassificationTask.Find("mrpc").PositiveClass);
        Assert.Equal(0, ClassificationTask.Find("mrpc").WithLabels(["1", "0"]).PositiveClass);
    }

    [Fact]
    public void WithLabels_ForeignNames_KeepsTheTasksLabels() =>
        Assert.Equal(["0", "1"], ClassificationTask.Find("mrpc").WithLabels(["not_equivalent", "equivalent"]).Labels);

    [Fact]
    public void WithLabels_AnotherNumber_IsAnError()
    {
        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("mrpc").WithLabels(["a", "b", "c"]));

        Assert.Equal("Expected a model with 2 outputs for mrpc, but this one has 3: 'a', 'b', 'c'.", error.Message);
    }

    [Fact]
    public void LabelId_NoLabel_IsClassZero() =>
        Assert.Equal(0, ClassificationTask.Find("rte").LabelId(new InputExample("test-1", "A.", "B.", null, 2)));

    [Fact]
    public void LabelId_UnknownLabel_NamesExampleAndLabels()
    {
        var error = Assert.Throws<TaskDataException>(
            () => ClassificationTask.Find("mrpc").LabelId(new InputExample("dev-7", "A.", "B.", "7", 8)));

        Assert.Equal("Example dev-7 (row 8): expected one of the labels '0', '1', but found '7'.", error.Message);
    }
}
