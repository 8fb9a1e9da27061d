// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What a run of <see cref="Classifier"/> or <see cref="Pretrainer"/> gave.</summary>
public sealed record TrainingResult
{
    /// <summary>What eval_results.txt says; null without evaluation.</summary>
    public EvalResults? Evaluation { get; init; }

    /// <summary>Files written, in order.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Updates that made the weights, those of earlier runs in the output folder included.</summary>
    public long GlobalStep { get; init; }

    /// <summary>Steps that this training did; 0 without training.</summary>
    public long TrainedSteps { get; init; }

    /// <summary>Whether the run was asked to stop and saved what it had.</summary>
    public bool WasInterrupted { get; init; }
}
