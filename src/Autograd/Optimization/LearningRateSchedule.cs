// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd;

/// <summary>The learning rate of each update, from the number of updates done before it.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>Rate of the update that follows <paramref name="step"/> others.</summary>
    public abstract double Rate(long step);
}

/// <summary>Google's schedule: decays linearly from step 0 to the end; during warmup rises linearly from 0 instead, and jumps down
/// to the decayed rate where it ends. The first update of a run with warmup has rate 0.</summary>
/// <remarks>google-research/bert optimization.py, create_optimizer.</remarks>
/// <param name="learningRate">Rate at step 0 without warmup.</param>
/// <param name="trainSteps">Where it reaches 0.</param>
/// <param name="warmupSteps">0 for none.</param>
public sealed class GoogleSchedule(double learningRate, long trainSteps, long warmupSteps) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Rate(long step) => step < warmupSteps
        ? learningRate * step / warmupSteps
        : learningRate * (1 - ((double)Math.Min(step, trainSteps) / trainSteps));
}

/// <summary>Hugging Face's linear schedule: rises from 0 during warmup, then falls to 0 at the end, without a jump.</summary>
/// <remarks>transformers, get_linear_schedule_with_warmup.</remarks>
/// <param name="learningRate">Rate at the end of warmup.</param>
/// <param name="trainSteps">Where it reaches 0.</param>
/// <param name="warmupSteps">0 for none.</param>
public sealed class LinearSchedule(double learningRate, long trainSteps, long warmupSteps) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Rate(long step) => step < warmupSteps
        ? learningRate * step / Math.Max(1, warmupSteps)
        : learningRate * Math.Max(0, (double)(trainSteps - step) / Math.Max(1, trainSteps - warmupSteps));
}
