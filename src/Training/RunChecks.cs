// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What can be said of the options of any run before a file is opened.</summary>
internal static class RunChecks
{
    /// <summary>Of examples that go through a model at once, and of masked tokens in an example. What is above it is a slip of the hand,
    /// and should be said before memory has run out.</summary>
    public const int LargestBatch = 65_536;

    /// <exception cref="OptionsException">An option is out of range.</exception>
    public static void Options(RunOptions options)
    {
        options.Checkpoints.Check();
        AtLeast(1, options.TrainBatchSize, "train_batch_size");
        AtLeast(1, options.EvalBatchSize, "eval_batch_size");
        AtMost(LargestBatch, options.EvalBatchSize, "eval_batch_size");
        AtLeast(1, options.MaxSteps ?? 1, "max_steps");
        Require(options.LearningRate > 0 && options.LearningRate <= 1,
            $"--learning_rate must be above 0 and at most 1, but is {options.LearningRate}");
        Require(options.Dropout is null or (>= 0 and < 1), $"--dropout must be in [0, 1), but is {options.Dropout}");
    }

    /// <exception cref="OptionsException">The number is too small.</exception>
    public static void AtLeast(int least, long value, string flag) =>
        Require(value >= least, $"--{flag} must be at least {least}, but is {value}");

    /// <exception cref="OptionsException">The number is too large.</exception>
    public static void AtMost(int most, long value, string flag) =>
        Require(value <= most, $"--{flag} must be at most {most}, but is {value}");

    /// <exception cref="OptionsException">The condition does not hold.</exception>
    public static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new OptionsException(message);
        }
    }
}
