// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>What all that trains can be told beyond Google's flags.</summary>
internal sealed class TrainingFlags
{
    /// <summary>Headings in help.</summary>
    public const string Google = "Training", Ours = "Training, beyond Google's";

    public Flag<int?> MaxSteps { get; } =
        new("max_steps", Ours, "stop after N steps of the schedule [no limit]", FlagValues.Optional(FlagValues.WholeNumber));

    public Flag<ulong> Seed { get; } = SharedFlags.Seed(Ours, "of shuffling, dropout and first values");

    public Flag<double?> Dropout { get; } =
        new("dropout", Ours, "one probability for all dropout [the config's]", FlagValues.Optional(FlagValues.Number));

    public Flag<bool> Recompute { get; } = SharedFlags.Recompute(Ours);

    public Flag<bool> Overwrite { get; } =
        new("overwrite_output_dir", Ours, "begin anew and replace the run or model that output_dir holds", FlagValues.Boolean, "false");

    public Flag<ShuffleKind> Shuffle { get; } = new(
        "shuffle", Ours, "full: the whole set, anew each pass; none: in file order",
        FlagValues.OneOf(("full", ShuffleKind.Full), ("none", ShuffleKind.None)), "full");

    public Flag<OptimizerKind> Optimizer { get; } = new(
        "optimizer", Ours, "google: AdamWeightDecay; adamw: with bias correction",
        FlagValues.OneOf(("google", OptimizerKind.AdamWeightDecay), ("adamw", OptimizerKind.AdamW)), "google");

    public Flag<ScheduleKind> Schedule { get; } = new(
        "schedule", Ours, "google, or Hugging Face's linear",
        FlagValues.OneOf(("google", ScheduleKind.Google), ("linear", ScheduleKind.Linear)), "google");

    public Flag<ClipNorm> ClipNorm { get; } = new(
        "clip_norm", Ours, "true: the global norm; tensorflow: repeated tokens unsummed; none: no clipping",
        FlagValues.OneOf(("true", Training.ClipNorm.True), ("tensorflow", Training.ClipNorm.TensorFlow), ("none", Training.ClipNorm.None)),
        "true");

    /// <summary>All of them, in the order of help.</summary>
    public IEnumerable<Option> All => [MaxSteps, Seed, Dropout, Recompute, Overwrite, Shuffle, Optimizer, Schedule, ClipNorm];
}
