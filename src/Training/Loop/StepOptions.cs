// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;

namespace BertManaged.Training;

/// <summary>Which norm clipping divides by.</summary>
public enum ClipNorm
{
    /// <summary>The true global norm.</summary>
    True,

    /// <summary>TensorFlow's, which leaves the rows of repeated tokens unsummed.</summary>
    TensorFlow,

    /// <summary>No clipping.</summary>
    None,
}

/// <summary>Which optimizer trains.</summary>
public enum OptimizerKind
{
    /// <summary>Google's AdamWeightDecayOptimizer.</summary>
    AdamWeightDecay,

    /// <summary>AdamW with bias correction, as in PyTorch.</summary>
    AdamW,
}

/// <summary>Which learning-rate schedule is followed.</summary>
public enum ScheduleKind
{
    /// <summary>Google's: decays from step 0, jumps down at the end of warmup.</summary>
    Google,

    /// <summary>Hugging Face's linear schedule.</summary>
    Linear,
}

/// <summary>How weights are updated, whatever is learnt.</summary>
public sealed record StepOptions
{
    /// <summary>Peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Schedule.</summary>
    public ScheduleKind Schedule { get; init; }

    /// <summary>Optimizer.</summary>
    public OptimizerKind Optimizer { get; init; }

    /// <summary>Norm of clipping.</summary>
    public ClipNorm ClipNorm { get; init; }

    /// <summary>Whether only the inputs of layers are kept and the rest is computed again.</summary>
    public bool Recompute { get; init; }

    /// <summary>Seed of dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>The schedule of a run.</summary>
    /// <param name="total">Steps of the whole run.</param>
    /// <param name="warmup">Steps that warm up.</param>
    internal LearningRateSchedule CreateSchedule(long total, long warmup) => Schedule == ScheduleKind.Linear
        ? new LinearSchedule(LearningRate, total, warmup)
        : new GoogleSchedule(LearningRate, total, warmup);
}
