// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Collects tensors of a run under their names, and writes them to a safetensors file.</summary>
/// <param name="backend">Whose tensors they are.</param>
/// <param name="isDouble">Whether to keep 64 bits of each element.</param>
/// <param name="path">The file.</param>
internal sealed class TensorDump(IBackend backend, bool isDouble, string path) : ITapeObserver
{
    private readonly List<TensorEntry> _entries = [];

    public void OnValue(string name, Tensor value) => Add(name, value);

    public void OnGradient(string name, Tensor gradient)
    {
    }

    /// <summary>Copies a tensor.</summary>
    public void Add(string name, Tensor value)
    {
        long[] shape = [.. value.Shape.ToArray().Select(length => (long)length)];
        if (isDouble)
        {
            var doubles = new double[value.Length];
            backend.CopyToHost(value, doubles);
            _entries.Add(TensorEntry.Of(name, shape, doubles));
        }
        else
        {
            var singles = new float[value.Length];
            backend.CopyToHost(value, singles);
            _entries.Add(TensorEntry.Of(name, shape, singles));
        }
    }

    /// <summary>Writes the file and says so.</summary>
    /// <exception cref="OptionsException">Its folder does not exist, or it is one.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write()
    {
        CheckFolder();
        SafetensorsWriter.Write(path, _entries);
        Console.Out.WriteLine($"{path}: {_entries.Count} tensors");
    }

    /// <summary>Before work begins: whether there is a folder to write to.</summary>
    /// <exception cref="OptionsException">There is none, or the file is one.</exception>
    public void CheckFolder()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".";
        if (!Directory.Exists(folder))
        {
            throw new OptionsException($"--output={path}: there is no folder {folder}; make it first");
        }

        if (Directory.Exists(path))
        {
            throw new OptionsException($"--output={path}: expected a file to write, found a folder");
        }
    }
}
