// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Evaluates predictions the way a task is evaluated.</summary>
public static class TaskScores
{
    /// <summary>eval_accuracy, and what <see cref="ClassificationTask.Metrics"/> names (eval_f1, eval_matthews).</summary>
    /// <param name="task">A task with labels.</param>
    /// <param name="truths">True classes, [N].</param>
    /// <param name="predictions">Predicted classes, [N].</param>
    /// <returns>Results to which the caller adds the losses and the step.</returns>
    public static EvalResults Classification(ClassificationTask task, ReadOnlySpan<int> truths, ReadOnlySpan<int> predictions)
    {
        ConfusionMatrix confusion = ConfusionMatrix.Of(task.OutputCount, truths, predictions);
        var results = new EvalResults();
        results.Set("eval_accuracy", confusion.Accuracy);
        foreach (TaskMetric metric in task.Metrics)
        {
            results.Set(Key(metric), metric switch
            {
                TaskMetric.F1 => confusion.F1(task.PositiveClass),
                TaskMetric.Matthews => confusion.Matthews,
                _ => throw new ArgumentException($"{metric} needs numbers, but {task.Name} predicts labels."),
            });
        }

        return results;
    }

    /// <summary>What <see cref="ClassificationTask.Metrics"/> names of a regression (eval_pearson, eval_spearman).</summary>
    /// <param name="task">A regression.</param>
    /// <param name="truths">True scores, [N].</param>
    /// <param name="predictions">Predicted scores, [N].</param>
    /// <returns>Results to which the caller adds the losses and the step. Undefined correlations are NaN.</returns>
    public static EvalResults Regression(ClassificationTask task, ReadOnlySpan<double> truths, ReadOnlySpan<double> predictions)
    {
        var results = new EvalResults();
        foreach (TaskMetric metric in task.Metrics)
        {
            results.Set(Key(metric), metric switch
            {
                TaskMetric.Pearson => Correlation.Pearson(truths, predictions),
                TaskMetric.Spearman => Correlation.Spearman(truths, predictions),
                _ => throw new ArgumentException($"{metric} needs labels, but {task.Name} predicts numbers."),
            });
        }

        return results;
    }

    private static string Key(TaskMetric metric) => $"eval_{metric.ToString().ToLowerInvariant()}";
}
