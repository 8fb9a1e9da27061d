// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What a run is going to do, as far as it does not depend on what it learns.</summary>
internal sealed record TrainingPlan
{
    /// <summary>What must be as it was for the run to go on.</summary>
    public required RunSettings Settings { get; init; }

    /// <summary>When checkpoints are written.</summary>
    public required CheckpointOptions Checkpoints { get; init; }

    /// <summary>Whether what the output folder holds may be replaced.</summary>
    public required bool StartsOver { get; init; }

    /// <summary>Names and contents of the files that make weights a model.</summary>
    public required IReadOnlyList<(string Name, Action<Stream> Write)> Description { get; init; }

    /// <summary>Of the training set.</summary>
    public required int ExampleCount { get; init; }

    /// <summary>Examples of a step.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Of the schedule.</summary>
    public required long TotalSteps { get; init; }

    /// <summary>Where the run stops: at the end of the schedule, or at the limit of steps.</summary>
    public required long LastStep { get; init; }
}
