// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>When checkpoints are written, and which are kept.</summary>
public sealed record CheckpointOptions
{
    /// <summary>Steps from one checkpoint to the next.</summary>
    public int SaveSteps { get; init; } = 1000;

    /// <summary>How many of the newest are kept; 0 for all. Google's programs keep 5.</summary>
    public int Keep { get; init; } = 5;

    /// <summary>Their form; null for that of the checkpoints that are there, or else <see cref="CheckpointFormat.Safetensors"/>.</summary>
    public CheckpointFormat? Format { get; init; }

    /// <exception cref="OptionsException">A number is out of range.</exception>
    public void Check()
    {
        if (SaveSteps < 1)
        {
            throw new OptionsException($"--save_checkpoints_steps must be at least 1, but is {SaveSteps}");
        }

        if (Keep < 0)
        {
            throw new OptionsException($"--keep_checkpoints must be at least 0 (which keeps all), but is {Keep}");
        }
    }
}
