// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class PredictionFilesTests
{
    [Theory]
    [InlineData("mrpc")]
    [InlineData("cola")]
    [InlineData("mnli")]
    public void TestResults_NumbersOfAGolden_GivesItsFile(string task)
    {
        string golden = File.ReadAllText(SharedFolder.Path($"goldens/google/classify/{task}/test_results.tsv"));
        IEnumerable<float[]> rows = golden.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('\t').Select(n => float.Parse(n)).ToArray());
        var writer = new StringWriter();

        TestResults.Write(writer, rows);

        Assert.Equal(golden, writer.ToString());
    }

    [Fact]
    public void PredictionTable_Csv_HasLabelsAndTextsOnOneLine()
    {
        ClassificationTask task = ClassificationTask.Find("csv").WithLabels(["neg", "pos"]);
        InputExample[] examples = [new("test-2", "two\nlines\tand a tab", null, "pos", 2), new("test-4", "b", null, null, 4)];
        var writer = new StringWriter();

        PredictionTable.Write(writer, task, examples, [[0.25f, 0.75f], [1f, 0f]]);

        Assert.Equal(
            "row\tpredicted\tlabel\tprobability:neg\tprobability:pos\ttext\n"
            + "2\tpos\tpos\t0.25\t0.75\ttwo lines and a tab\n"
            + "4\tneg\t\t1.0\t0.0\tb\n",
            writer.ToString());
    }

    [Fact]
    public void PredictionTable_MadeUpLabelsOfGooglesTestSets_AreLeftOut()
    {
        InputExample[] examples = [new("test-1", "a", "b", "0", 2)];
        var writer = new StringWriter();

        PredictionTable.Write(writer, ClassificationTask.Find("mrpc"), examples, [[0.25f, 0.75f]]);

        Assert.Equal("row\tpredicted\tprobability:0\tprobability:1\ttext\ttext_b\n2\t1\t0.25\t0.75\ta\tb\n", writer.ToString());
    }

    [Fact]
    public void PredictionTable_Regression_HasTheNumber()
    {
        InputExample[] examples = [new("test-1", "a", "b", null, 2)];
        var writer = new StringWriter();

        PredictionTable.Write(writer, ClassificationTask.Find("sts-b"), examples, [[3.5f]]);

        Assert.Equal("row\tpredicted\ttext\ttext_b\n2\t3.5\ta\tb\n", writer.ToString());
    }

    [Fact]
    public void PredictionTable_TooFewOutputs_Throws() => Assert.Throws<ArgumentException>(
        () => PredictionTable.Write(TextWriter.Null, ClassificationTask.Find("mrpc"), [new("test-1", "a", "b", "0", 2)], []));
}
