// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Everything that <c>bert pretrain</c> can be told. Names and defaults are those of Google's run_pretraining; what has no
/// counterpart there is marked "ours".</summary>
public sealed record PretrainOptions
{
    /// <summary>TFRecord files of examples: names and globs, with commas between.</summary>
    public required string InputFile { get; init; }

    /// <summary>Where results and the model go.</summary>
    public required string OutputDir { get; init; }

    /// <summary>Examples to evaluate on; null: those of training, as Google's program does (ours).</summary>
    public string? EvalInputFile { get; init; }

    /// <summary>bert_config.json or config.json; taken from the model where absent (ours).</summary>
    public string? BertConfigFile { get; init; }

    /// <summary>First weights: prefix, folder, .zip or .safetensors. Null: from scratch.</summary>
    public string? InitCheckpoint { get; init; }

    /// <summary>A Hugging Face folder or a released .zip: config, vocabulary and weights at once (ours).</summary>
    public string? Model { get; init; }

    /// <summary>Vocabulary that the examples were made with, to be saved beside the weights; null: the model's, if it has one
    /// (ours).</summary>
    public string? VocabFile { get; init; }

    /// <summary>Whether the vocabulary's text is lower-cased; null: true, or what the model says (ours).</summary>
    public bool? DoLowerCase { get; init; }

    /// <summary>Tokens of an example with padding, as the examples were made.</summary>
    public int MaxSeqLength { get; init; } = 128;

    /// <summary>Masked tokens of an example with unused slots, as the examples were made.</summary>
    public int MaxPredictionsPerSeq { get; init; } = 20;

    /// <summary>Whether to train.</summary>
    public bool DoTrain { get; init; }

    /// <summary>Whether to evaluate.</summary>
    public bool DoEval { get; init; }

    /// <summary>Examples of an update.</summary>
    public int TrainBatchSize { get; init; } = 32;

    /// <summary>Examples of an evaluation batch.</summary>
    public int EvalBatchSize { get; init; } = 8;

    /// <summary>Peak learning rate.</summary>
    public double LearningRate { get; init; } = 5e-5;

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

    /// <summary>Optimizer (ours).</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Schedule (ours).</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Norm of clipping (ours).</summary>
    public ClipNorm ClipNorm { get; init; }

    /// <summary>One probability for all dropout; null: the config's (ours).</summary>
    public double? Dropout { get; init; }

    /// <summary>Whether training keeps only the inputs of layers and computes the rest again (ours).</summary>
    public bool Recompute { get; init; }

    /// <summary>Order of training examples (ours).</summary>
    public ShuffleKind Shuffle { get; init; }

    /// <summary>Seed of shuffling, dropout and first values (ours).</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Form of "gelu"; null: what the config's origin means by it (ours).</summary>
    public GeluForm? Gelu { get; init; }

    /// <summary>Stop after this many steps; the schedule stays that of the whole run. Null: no limit (ours).</summary>
    public int? MaxSteps { get; init; }

    /// <summary>When checkpoints are written, and which are kept.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>Whether training may replace a model in the output folder (ours).</summary>
    public bool OverwriteOutputDir { get; init; }

    /// <summary>How the weights are updated.</summary>
    internal StepOptions Step => new()
    {
        LearningRate = LearningRate,
        Schedule = Schedule,
        Optimizer = Optimizer,
        ClipNorm = ClipNorm,
        Recompute = Recompute,
        Seed = Seed,
    };
}
