// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Everything that <c>bert classify</c> can be told. Names and defaults are those of Google's run_classifier; what has no
/// counterpart there is marked "ours".</summary>
public sealed record ClassifyOptions : RunOptions
{
    /// <summary>mrpc, cola, mnli, xnli; ours: sst-2, rte, sts-b, csv.</summary>
    public required string TaskName { get; init; }

    /// <summary>Folder of the task's files.</summary>
    public required string DataDir { get; init; }

    /// <summary>Whether to predict the test set.</summary>
    public bool DoPredict { get; init; }

    /// <summary>Examples per prediction batch.</summary>
    public int PredictBatchSize { get; init; } = 8;

    /// <summary>Passes over the training set.</summary>
    public double NumTrainEpochs { get; init; } = 3.0;

    /// <summary>Share of the steps that warm up.</summary>
    public double WarmupProportion { get; init; } = 0.1;

    /// <summary>Column of the text in files of the csv task (ours).</summary>
    public string? TextColumn { get; init; }

    /// <summary>Column of the second text (ours).</summary>
    public string? TextBColumn { get; init; }

    /// <summary>Column of the label (ours).</summary>
    public string? LabelColumn { get; init; }
}
