// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Everything that <c>bert pretrain</c> can be told. Names and defaults are those of Google's run_pretraining; what has no
/// counterpart there is marked "ours". The vocabulary is that which the examples were made with, to be saved beside the weights.</summary>
public sealed record PretrainOptions : RunOptions
{
    /// <summary>TFRecord files of examples: names and globs, with commas between.</summary>
    public required string InputFile { get; init; }

    /// <summary>Examples to evaluate on; null: those of training, as Google's program does (ours).</summary>
    public string? EvalInputFile { get; init; }

    /// <summary>Masked tokens of an example with unused slots, as the examples were made.</summary>
    public int MaxPredictionsPerSeq { get; init; } = 20;

    /// <summary>Updates of the whole run.</summary>
    public int NumTrainSteps { get; init; } = 100_000;

    /// <summary>Updates during which the rate rises.</summary>
    public int NumWarmupSteps { get; init; } = 10_000;

    /// <summary>Batches to evaluate.</summary>
    public int MaxEvalSteps { get; init; } = 100;

    /// <summary>In how many parts a batch is computed, one after another; the update is that of the whole batch (ours).</summary>
    public int GradientAccumulationSteps { get; init; } = 1;

    /// <summary>Whether the next-sentence task takes part (ours).</summary>
    public bool NextSentence { get; init; } = true;
}
