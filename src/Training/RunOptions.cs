// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>What every run that trains and evaluates can be told, whatever it learns. Names and defaults are those of Google's
/// programs; what has no counterpart there is marked "ours".</summary>
public abstract record RunOptions
{
    /// <summary>Where results and the model go.</summary>
    public required string OutputDir { get; init; }

    /// <summary>Whether to train.</summary>
    public bool DoTrain { get; init; }

    /// <summary>Whether to evaluate.</summary>
    public bool DoEval { get; init; }

    /// <summary>bert_config.json or config.json; taken from the model where absent (ours).</summary>
    public string? BertConfigFile { get; init; }

    /// <summary>Vocabulary of the data; taken from the model where absent (ours).</summary>
    public string? VocabFile { get; init; }

    /// <summary>First weights: prefix, folder, .zip or .safetensors. Null: from scratch.</summary>
    public string? InitCheckpoint { get; init; }

    /// <summary>A Hugging Face folder or a released .zip: vocabulary, config and weights at once (ours).</summary>
    public string? Model { get; init; }

    /// <summary>Whether text is lower-cased; null: true, or what the model's tokenizer_config.json says.</summary>
    public bool? DoLowerCase { get; init; }

    /// <summary>Form of "gelu"; null: what the config's origin means by it (ours).</summary>
    public GeluForm? Gelu { get; init; }

    /// <summary>Tokens of the longest example, [CLS] and [SEP] included.</summary>
    public int MaxSeqLength { get; init; } = 128;

    /// <summary>Examples of an update.</summary>
    public int TrainBatchSize { get; init; } = 32;

    /// <summary>Examples of an evaluation batch; the result "loss" is a mean over these.</summary>
    public int EvalBatchSize { get; init; } = 8;

    /// <summary>Peak learning rate.</summary>
    public double LearningRate { get; init; } = 5e-5;

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

    /// <summary>Stop after this many steps; the schedule stays that of the whole run. Null: no limit (ours).</summary>
    public int? MaxSteps { get; init; }

    /// <summary>When and how checkpoints are written: save_checkpoints_steps is Google's, the rest ours.</summary>
    public CheckpointOptions Checkpoints { get; init; } = new();

    /// <summary>Whether training begins anew, and replaces what the output folder holds (ours).</summary>
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
