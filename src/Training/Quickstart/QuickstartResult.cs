// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What the quickstart has to show.</summary>
public sealed record QuickstartResult
{
    /// <summary>Passages that were trained on.</summary>
    public required int TrainingPassages { get; init; }

    /// <summary>Passages, from other books, that the accuracies are about.</summary>
    public required int TestPassages { get; init; }

    /// <summary>Share of right answers when always the most frequent author is named.</summary>
    public required double MajorityAccuracy { get; init; }

    /// <summary>Share of right answers of counted words (<see cref="NaiveBayes"/>).</summary>
    public required double NaiveBayesAccuracy { get; init; }

    /// <summary>Share of right answers of the model with its last weights; null if the run was interrupted.</summary>
    public double? ModelAccuracy => Run.Evaluation?["eval_accuracy"];

    /// <summary>A few passages, spread evenly over the test passages and not chosen by how well they went.</summary>
    public required IReadOnlyList<QuickstartPrediction> Predictions { get; init; }

    /// <summary>Files written, the data first.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The run of the main job.</summary>
    public required TrainingResult Run { get; init; }
}
