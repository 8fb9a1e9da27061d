// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The folder that results and the trained model go to.</summary>
/// <param name="path">As the user named it.</param>
internal sealed class OutputFolder(string path)
{
    public string Path { get; } = path;

    /// <summary>Whether evaluation and prediction can take their model from here.</summary>
    public bool HoldsModel => HasTensorFlowState || System.IO.File.Exists(File("model.safetensors"));

    private bool HasTensorFlowState => System.IO.File.Exists(File("checkpoint"));

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Refuses to train over a model unless told to.</summary>
    /// <exception cref="OptionsException">There is one.</exception>
    public void CheckMayTrain(bool overwrite)
    {
        if (HasTensorFlowState)
        {
            throw new OptionsException(
                $"{Path} holds a TensorFlow checkpoint, which training here does not go on from; choose another --output_dir");
        }

        if (HoldsModel && !overwrite)
        {
            throw new OptionsException(
                $"{Path} already holds a model; pass --overwrite_output_dir to replace it, or choose another --output_dir");
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
            string probe = File($".{Guid.NewGuid():N}");
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

    /// <summary>Removes the results of a model that is not there any more.</summary>
    public void DeleteResults()
    {
        foreach (string name in (ReadOnlySpan<string>)["eval_results.txt", "test_results.tsv", "predictions.tsv"])
        {
            System.IO.File.Delete(File(name));
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
