// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The checkpoints of one run, whatever it learns: where it goes on, when it saves, what is kept.</summary>
/// <remarks>A loop asks <see cref="FindStart"/> before it loads weights, gives the checkpoint's moments to its optimizer, calls
/// <see cref="Save"/> where <see cref="IsDue"/> says so, and once more when it ends for whatever reason. Order of examples and random
/// numbers must be functions of seed and step: then a run that went on ends in the same bits.</remarks>
/// <param name="folder">Output folder of the run.</param>
/// <param name="options">When and how.</param>
/// <param name="settings">What must be as it was for a run to go on.</param>
/// <param name="log">Where to say so.</param>
public sealed class RunCheckpoints(string folder, CheckpointOptions options, RunSettings settings, ITrainingLog log)
{
    private readonly TensorFlowCheckpoints _tensorFlow = new(folder);
    private readonly SafetensorsCheckpoints _safetensors = new(folder);
    private readonly List<long> _ours = [];

    /// <summary>Form of the checkpoints that are written; settled by <see cref="FindStart"/>.</summary>
    public CheckpointFormat Format { get; private set; } = options.Format ?? CheckpointFormat.Safetensors;

    /// <summary>Step of the newest checkpoint of this run; 0 before the first.</summary>
    public long LastSaved => _ours.LastOrDefault();

    /// <summary>What Google's Estimator looks for: the newest checkpoint in the folder that is whole.</summary>
    /// <param name="startOver">Whether the user wants none: the first checkpoint of this run takes the place of all that are there.</param>
    /// <returns>Where to go on; null to begin.</returns>
    /// <exception cref="OptionsException">The run in the folder is another one: the message names the first difference.</exception>
    /// <exception cref="TensorFileException">There are checkpoints and not one is whole.</exception>
    public SavedCheckpoint? FindStart(bool startOver)
    {
        _tensorFlow.StartsOver = startOver;
        ICheckpointForm? form = FormInUse() ?? FormWithoutList();
        if (form is null)
        {
            return null;
        }

        if (startOver)
        {
            Format = options.Format ?? form.Format;
            log.Info($"Starting over: the run in {folder}, up to step {form.Steps()[^1]}, is there until the first checkpoint of this one");
            return null;
        }

        SavedCheckpoint found = NewestWhole(form);
        Compare(form, found);
        Format = form.Format;
        _ours.AddRange(form.Steps().Where(step => step <= found.Step));
        return found;
    }

    /// <summary>Deletes what killed processes left half-written.</summary>
    public void DeleteHalves() => Array.ForEach(Forms, form => form.DeleteHalves());

    /// <summary>Whether it is time for a checkpoint.</summary>
    /// <param name="step">Updates done.</param>
    public bool IsDue(long step) => step % options.SaveSteps == 0;

    /// <summary>Writes a checkpoint if there is none of its step, then deletes those that are too old, or of another run.</summary>
    /// <exception cref="IOException">It cannot be written: the message names the file. Those before are whole.</exception>
    public void Save(CheckpointContent content)
    {
        if (content.Step == LastSaved)
        {
            return;
        }

        _ours.Add(content.Step);
        if (options.Keep > 0)
        {
            _ours.RemoveRange(0, Math.Max(0, _ours.Count - options.Keep));
        }

        (ICheckpointForm Form, long[] Steps)[] superseded = [.. Forms.Select(form => (form, Superseded(form)))];
        Current.Write(content, settings, _ours);
        log.Info($"Saved a checkpoint of step {content.Step} to {Current.Location(content.Step)}");
        Array.ForEach(superseded, old => Forget(old.Form, old.Steps));
    }

    private ICheckpointForm[] Forms => [_tensorFlow, _safetensors];

    private ICheckpointForm Current => Forms.Single(form => form.Format == Format);

    private long[] Superseded(ICheckpointForm form) => [.. form.Steps().Where(step => form != Current || !_ours.Contains(step))];

    /// <summary>Somebody may be reading one; on some systems it cannot be deleted then, which is no reason to end a run.</summary>
    private void Forget(ICheckpointForm form, long[] steps)
    {
        try
        {
            form.Forget(steps);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            log.Warning($"{folder}: an old checkpoint cannot be deleted ({SystemReason.Of(e)}); it is tried again with the next one");
        }
    }

    private ICheckpointForm? FormInUse() => Forms.FirstOrDefault(form => form.Steps().Count > 0);

    /// <summary>TensorFlow's form, if its checkpoints are there but not the file that lists them.</summary>
    private ICheckpointForm? FormWithoutList()
    {
        _tensorFlow.ListIsLost = true;
        return FormInUse();
    }

    private SavedCheckpoint NewestWhole(ICheckpointForm form)
    {
        IReadOnlyList<long> steps = form.Steps();
        foreach (long step in steps.Reverse())
        {
            try
            {
                return form.Open(step);
            }
            catch (TensorFileException e)
            {
                log.Warning($"{e.Message}; looking for the checkpoint before");
            }
        }

        throw new TensorFileException(
            folder, $"none of its {steps.Count} checkpoints is whole; --overwrite_output_dir starts over, another --output_dir keeps them");
    }

    /// <exception cref="OptionsException">Something is not as it was.</exception>
    private void Compare(ICheckpointForm form, SavedCheckpoint found)
    {
        if (options.Format is { } wanted && wanted != form.Format)
        {
            throw Different(("--checkpoint_format", Word(form.Format), Word(wanted)));
        }

        if (found.Settings is null)
        {
            log.Info($"{found.Location} was written by another program: nothing says whether its options were the same");
        }
        else if (settings.FirstDifference(found.Settings) is { } difference)
        {
            throw Different(difference);
        }
    }

    private OptionsException Different((string Name, string Before, string Now) difference) => new(
        $"{folder} holds a run with {difference.Name} {difference.Before}, but now it is {difference.Now}: a run goes on only as it began; "
        + "give what it began with, choose another --output_dir, or start over with --overwrite_output_dir");

    private static string Word(CheckpointFormat format) => format == CheckpointFormat.TensorFlow ? "tf" : "safetensors";
}
