// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The folder that results and the trained model go to.</summary>
/// <param name="path">As the user named it.</param>
internal sealed class OutputFolder(string path)
{
    private const string Weights = "model.safetensors";

    private static readonly string[] Results = ["eval_results.txt", "test_results.tsv", "predictions.tsv"];

    private static readonly string[] Written = [Weights, "config.json", "vocab.txt", "tokenizer_config.json", .. Results];

    public string Path { get; } = path;

    private bool HasTensorFlowState => System.IO.File.Exists(File("checkpoint"));

    private bool HasWeights => System.IO.File.Exists(File(Weights));

    /// <summary>Whether the weights here, outside of checkpoints, are those of a step.</summary>
    public bool HoldsModelOf(long step) => StepOfWeights(ifNone: -1) == step;

    /// <summary>The newest weights here, for evaluation and prediction: those that a run left when it ended, or the checkpoint of one
    /// that was killed after that; null if there are none.</summary>
    public string? NewestModel()
    {
        var checkpoints = new SafetensorsCheckpoints(Path);
        return HasTensorFlowState ? Path
            : checkpoints.Steps() is [.., long newest] && newest > StepOfWeights(ifNone: -1) ? checkpoints.Location(newest)
            : HasWeights ? Path
            : null;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Refuses to train over a model unless told to.</summary>
    /// <exception cref="OptionsException">There is one, and no run that could go on; or a TensorFlow checkpoint that is none of
    /// training.</exception>
    /// <exception cref="TensorFileException">The list of checkpoints cannot be read.</exception>
    public void CheckMayTrain(bool overwrite)
    {
        var listed = new TensorFlowCheckpoints(Path) { StartsOver = overwrite };
        if (listed.IsForeign)
        {
            throw new OptionsException(
                $"{Path} holds a TensorFlow checkpoint that is none of training (model.ckpt-STEP); choose another --output_dir");
        }

        bool holdsRun = listed.Steps().Count > 0 || new SafetensorsCheckpoints(Path).Steps().Count > 0;
        if (!overwrite && !holdsRun)
        {
            CheckHoldsNoModel();
        }
    }

    /// <summary>Refuses to write the model's config.json over one that the user made.</summary>
    /// <exception cref="OptionsException">It would.</exception>
    private void CheckKeepsConfig(string? config)
    {
        if (config is not null && NewestModel() is null && LinkTarget.Of(config) == LinkTarget.Of(File("config.json")))
        {
            throw new OptionsException(
                $"--bert_config_file {config} lies where the model's own config.json will be written; give it another name, or choose "
                + "another --output_dir");
        }
    }

    /// <exception cref="OptionsException">There is a model, or a run that could go on.</exception>
    public void CheckHoldsNoModel()
    {
        if (NewestModel() is not null)
        {
            throw new OptionsException(
                $"{Path} already holds a model; pass --overwrite_output_dir to replace it, or choose another --output_dir");
        }
    }

    /// <summary>Refuses to train where a checkpoint would take the place of another program's.</summary>
    /// <param name="lastStep">Where the run ends.</param>
    /// <exception cref="OptionsException">It might.</exception>
    public void CheckHoldsNothingForeign(long lastStep)
    {
        if (new SafetensorsCheckpoints(Path).FirstForeign(lastStep) is { } foreign)
        {
            throw new OptionsException(
                $"{foreign} has the name of a checkpoint, but no training_state.json: another program made it; move it away, or choose "
                + "another --output_dir");
        }
    }

    /// <summary>Makes the folder, tries whether it can be written, and refuses where training would do harm. All that takes no time, and
    /// comes before data are read.</summary>
    /// <returns>Disposed when the run is over.</returns>
    /// <exception cref="OptionsException">It cannot be written; another run trains there; it holds a model that must not be
    /// replaced.</exception>
    /// <exception cref="TensorFileException">The list of its checkpoints cannot be read.</exception>
    public OutputHold HoldFor(RunOptions options)
    {
        OutputHold hold = Hold(options.DoTrain);
        try
        {
            if (options.DoTrain)
            {
                CheckMayTrain(options.OverwriteOutputDir);
                CheckKeepsConfig(options.BertConfigFile);
            }

            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Makes the folder, and tries whether it can be written.</summary>
    /// <param name="trains">Whether the run trains: of those there is one at a time in a folder.</param>
    /// <exception cref="OptionsException">It cannot be written, or another run trains there.</exception>
    public OutputHold Hold(bool trains)
    {
        try
        {
            return new OutputHold(Path, trains);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new OptionsException(
                $"--output_dir {Path} cannot be written ({Reason(e)}); name a folder that can be made or written to");
        }
    }

    /// <summary>Deletes what a run that was killed left half-written, checkpoints excepted.</summary>
    public void DeleteLeftovers() => PartialName.DeleteLeftovers(Path, Written.Contains);

    /// <summary>Removes weights that are not the newest any more.</summary>
    public void DeleteWeights() => System.IO.File.Delete(File(Weights));

    /// <summary>Removes the results of a model that is not there any more.</summary>
    public void DeleteResults()
    {
        foreach (string name in Results)
        {
            System.IO.File.Delete(File(name));
        }
    }

    /// <summary>What the weights say of themselves; those of another program say nothing, and are the newest. Damaged ones are none: where
    /// there is a checkpoint it counts.</summary>
    private long StepOfWeights(long ifNone)
    {
        try
        {
            using ITensorFile file = TensorFiles.Open(File(Weights));
            return GlobalStep.Of(file) ?? long.MaxValue;
        }
        catch (TensorFileException)
        {
            return ifNone;
        }
    }

    /// <summary>In our own words: the system's name the file of the trial.</summary>
    private string Reason(Exception e) => System.IO.File.Exists(Path) ? "it is a file"
        : e is UnauthorizedAccessException ? "no permission"
        : Directory.Exists(Path) ? "its file system takes no files"
        : "the folder cannot be made there";

    public string WriteText(string name, Action<TextWriter> write)
    {
        using var text = new StringWriter();
        write(text);
        AtomicFile.WriteText(File(name), text.ToString());
        return File(name);
    }
}
