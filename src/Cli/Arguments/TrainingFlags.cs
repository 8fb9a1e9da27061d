// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>How all that trains is trained: Google's learning rate and checkpoints, and what goes beyond Google's flags.</summary>
internal sealed class TrainingFlags
{
    /// <summary>Headings in help.</summary>
    public const string Google = "Training", Ours = "Training, beyond Google's";

    private readonly CheckpointFlags _checkpoints = new();

    public Flag<double> LearningRate { get; } = new("learning_rate", Google, "peak learning rate", FlagValues.Number, "5e-5");

    private Flag<int?> MaxSteps { get; } =
        new("max_steps", Ours, "stop after N steps of the schedule [no limit]", FlagValues.Optional(FlagValues.WholeNumber));

    private Flag<ulong> Seed { get; } = SharedFlags.Seed(Ours, "of shuffling, dropout and first values");

    private Flag<double?> Dropout { get; } =
        new("dropout", Ours, "one probability for all dropout [the config's]", FlagValues.Optional(FlagValues.Number));

    private Flag<bool> Recompute { get; } = SharedFlags.Recompute(Ours);

    private Flag<bool> Overwrite { get; } =
        new("overwrite_output_dir", Ours, "begin anew and replace the run or model that output_dir holds", FlagValues.Boolean, "false");

    private Flag<ShuffleKind> Shuffle { get; } = new(
        "shuffle", Ours, "full: the whole set, anew each pass; none: in file order",
        FlagValues.OneOf(("full", ShuffleKind.Full), ("none", ShuffleKind.None)), "full");

    private Flag<OptimizerKind> Optimizer { get; } = new(
        "optimizer", Ours, "google: AdamWeightDecay; adamw: with bias correction",
        FlagValues.OneOf(("google", OptimizerKind.AdamWeightDecay), ("adamw", OptimizerKind.AdamW)), "google");

    private Flag<ScheduleKind> Schedule { get; } = new(
        "schedule", Ours, "google, or Hugging Face's linear",
        FlagValues.OneOf(("google", ScheduleKind.Google), ("linear", ScheduleKind.Linear)), "google");

    private Flag<ClipNorm> ClipNorm { get; } = new(
        "clip_norm", Ours, "true: the global norm; tensorflow: repeated tokens unsummed; none: no clipping",
        FlagValues.OneOf(("true", Training.ClipNorm.True), ("tensorflow", Training.ClipNorm.TensorFlow), ("none", Training.ClipNorm.None)),
        "true");

    /// <summary>What goes beyond Google's flags, in the order of help.</summary>
    public IEnumerable<Option> AllOurs => [MaxSteps, Seed, Dropout, Recompute, Overwrite, Shuffle, Optimizer, Schedule, ClipNorm];

    /// <summary>The flags of checkpoints, in the order of help.</summary>
    public IEnumerable<Option> OfCheckpoints => _checkpoints.All;

    /// <summary>Options with what these flags say.</summary>
    public RunOptions Apply(ParseResult arguments, RunOptions options) => options with
    {
        LearningRate = arguments.GetValue(LearningRate),
        MaxSteps = arguments.GetValue(MaxSteps),
        Seed = arguments.GetValue(Seed),
        Dropout = arguments.GetValue(Dropout),
        Recompute = arguments.GetValue(Recompute),
        OverwriteOutputDir = arguments.GetValue(Overwrite),
        Shuffle = arguments.GetValue(Shuffle),
        Optimizer = arguments.GetValue(Optimizer),
        Schedule = arguments.GetValue(Schedule),
        ClipNorm = arguments.GetValue(ClipNorm),
        Checkpoints = _checkpoints.Read(arguments),
    };
}
