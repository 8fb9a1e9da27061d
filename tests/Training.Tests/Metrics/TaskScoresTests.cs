// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

public class TaskScoresTests
{
    [Fact]
    public void Classification_Mrpc_ReportsAccuracyAndF1OfParaphrases()
    {
        EvalResults results = TaskScores.Classification(ClassificationTask.Find("mrpc"), [1, 1, 1, 0], [1, 1, 0, 1]);

        Assert.Equal("eval_accuracy = 0.5\neval_f1 = 0.6666667\n", results.ToFileText());
    }

    [Fact]
    public void Classification_Cola_ReportsMatthews()
    {
        EvalResults results = TaskScores.Classification(ClassificationTask.Find("cola"), [1, 1, 0, 0], [1, 1, 0, 0]);

        Assert.Equal("eval_accuracy = 1.0\neval_matthews = 1.0\n", results.ToFileText());
    }

    [Fact]
    public void Classification_OtherTasks_ReportAccuracyAlone()
    {
        EvalResults results = TaskScores.Classification(ClassificationTask.Find("mnli"), [0, 1, 2], [0, 1, 1]);

        Assert.Equal("eval_accuracy = 0.6666667\n", results.ToFileText());
    }

    [Fact]
    public void Regression_StsB_ReportsBothCorrelations()
    {
        EvalResults results = TaskScores.Regression(ClassificationTask.Find("sts-b"), [0, 1, 2, 5], [1, 2, 3, 4]);

        Assert.Equal(["eval_pearson", "eval_spearman"], results.Values.Select(v => v.Key));
        Assert.Equal(1, results["eval_spearman"]);

        // Σdxdy / √(Σdx² Σdy²) with dx = −2, −1, 0, 3 and dy = −1.5, −0.5, 0.5, 1.5
        Assert.Equal(8 / Math.Sqrt(14 * 5), results["eval_pearson"], 12);
    }

    [Fact]
    public void Regression_ConstantPredictions_AreWrittenAsNan() => Assert.Equal(
        "eval_pearson = nan\neval_spearman = nan\n",
        TaskScores.Regression(ClassificationTask.Find("sts-b"), [0, 1], [2, 2]).ToFileText());
}
