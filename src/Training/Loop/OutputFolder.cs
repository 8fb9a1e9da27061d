// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The folder that results and the trained model go to.</summary>
/// <param name="path">As the user named it.</param>
internal sealed class OutputFolder(string path)
{
    private const string Weights = "model.safetensors", Probe = "probe";

    private static readonly string[] Results = ["eval_results.txt", "test_results.tsv", "predictions.tsv"];

    private static readonly string[] Written = [Weights, "config.json", "vocab.txt", "tokenizer_config.json", Probe, .. Results];

    public string Path { get; } = path;

    private bool HasTensorFlowState => System.IO.File.Exists(File("checkpoint"));

    private bool HasWeights => System.IO.File.Exists(File(Weights));

    /// <summary>Whether the weights here, outside of checkpoints, are those of a step.</summary>
    public bool HoldsModelOf(long step) => HasWeights && StepOfWeights() == step;

    /// <summary>The newest weights here, for evaluation and prediction: those that a run left when it ended, or the checkpoint of one
    /// that was killed after that; null if there are none.</summary>
    public string? NewestModel()
    {
        var checkpoints = new SafetensorsCheckpoints(Path);
        return HasTensorFlowState ? Path
            : checkpoints.Steps() is [.., long newest] && (!HasWeights || newest > StepOfWeights()) ? checkpoints.Location(newest)
            : HasWeights ? Path
            : null;
    }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Refuses to train over a model unless told to.</summary>
    /// <exception cref="OptionsException">There is one.</exception>
    public void CheckMayTrain(bool overwrite)
    {
        if (HasTensorFlowState && new TensorFlowCheckpoints(Path).Steps().Count == 0)
        {
            throw new OptionsException(
                $"{Path} holds a TensorFlow checkpoint that is none of training (model.ckpt-STEP); choose another --output_dir");
        }

        if (NewestModel() is not null && !overwrite)
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

    /// <summary>Makes the folder and tries whether it can be written.</summary>
    /// <returns>Whether it was not there before.</returns>
    /// <exception cref="OptionsException">It cannot.</exception>
    public bool Create()
    {
        try
        {
            bool isNew = !Directory.Exists(Path);
            Directory.CreateDirectory(Path);
            string probe = PartialName.For(File(Probe));
            System.IO.File.WriteAllBytes(probe, []);
            System.IO.File.Delete(probe);
            return isNew;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
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

    /// <summary>What the weights say of themselves; those of another program say nothing, and are the newest.</summary>
    private long StepOfWeights()
    {
        using ITensorFile file = TensorFiles.Open(File(Weights));
        return GlobalStep.Of(file) ?? long.MaxValue;
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
