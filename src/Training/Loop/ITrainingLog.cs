// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Where a run says what it does. The command line writes it to standard error; this project knows no console.</summary>
public interface ITrainingLog
{
    /// <summary>A line of talk, as Google's programs log it.</summary>
    void Info(string line);

    /// <summary>Something the user should know although the run goes on.</summary>
    void Warning(string line);

    /// <summary>An update was done.</summary>
    void Step(in StepReport report);
}

/// <summary>What one training step did.</summary>
/// <param name="Step">From 1.</param>
/// <param name="TotalSteps">Of the run.</param>
/// <param name="Loss">Before the update.</param>
/// <param name="LearningRate">Of the update.</param>
/// <param name="GradientNorm">Before clipping.</param>
/// <param name="Tokens">Real tokens of the batch.</param>
/// <param name="Seconds">Of this step.</param>
public readonly record struct StepReport(
    long Step, long TotalSteps, double Loss, double LearningRate, double GradientNorm, int Tokens, double Seconds)
{
    /// <summary>What the loss is made of in pre-training, and how often the model was right; null in other training.</summary>
    public PretrainingScores? Pretraining { get; init; }
}
