// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The flags of checkpoints, for every verb that trains: Google's <c>save_checkpoints_steps</c>, and ours.</summary>
internal sealed class CheckpointFlags
{
    private const string Group = "Checkpoints";

    private readonly Flag<int> _saveSteps =
        new("save_checkpoints_steps", Group, "steps from one checkpoint to the next", FlagValues.WholeNumber, "1000");

    private readonly Flag<int> _keep =
        new("keep_checkpoints", Group, "how many of the newest are kept; 0: all", FlagValues.WholeNumber, "5");

    private readonly Flag<CheckpointFormat?> _format = new(
        "checkpoint_format", Group, "folders for Hugging Face, or TensorFlow's files [as they are, or else safetensors]",
        FlagValues.Optional(FlagValues.OneOf(("safetensors", CheckpointFormat.Safetensors), ("tf", CheckpointFormat.TensorFlow))));

    public IReadOnlyList<Option> All => [_saveSteps, _keep, _format];

    public CheckpointOptions Read(ParseResult arguments) => new()
    {
        SaveSteps = arguments.GetValue(_saveSteps),
        Keep = arguments.GetValue(_keep),
        Format = arguments.GetValue(_format),
    };
}
