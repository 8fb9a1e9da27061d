// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The output folder for as long as a run needs it. One that was made for the run goes with it if nothing came of it.</summary>
/// <remarks>A run that trains holds a file open that no other process can open meanwhile. The system lets go of it when the process ends,
/// however it ends; the file that a killed one leaves is opened by the next.</remarks>
internal sealed class OutputHold : IDisposable
{
    private const string LockName = ".training.lock", ProbeName = ".writable.probe";

    // Made for the run, the innermost first.
    private readonly List<string> _made = [];
    private readonly FileStream? _lock;

    /// <summary>Makes the folder if there is none, and a file in it.</summary>
    /// <param name="folder">The output folder.</param>
    /// <param name="trains">Whether to keep other runs from training there.</param>
    /// <exception cref="OptionsException">Another run trains there.</exception>
    /// <exception cref="IOException">Folder or file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public OutputHold(string folder, bool trains)
    {
        for (string? path = Path.GetFullPath(folder); path is not null && !Directory.Exists(path); path = Path.GetDirectoryName(path))
        {
            _made.Add(path);
        }

        Directory.CreateDirectory(folder);
        if (trains)
        {
            _lock = Lock(Path.Combine(folder, LockName));
        }
        else
        {
            Create(Path.Combine(folder, ProbeName)).Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _lock?.Dispose();
        foreach (string folder in _made.TakeWhile(path => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()))
        {
            Directory.Delete(folder);
        }
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return Create(path);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new OptionsException(
                $"--output_dir {Path.GetDirectoryName(path)}: another run trains there now; wait until it ends, or name another folder");
        }
    }

    private static FileStream Create(string path) =>
        new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
}
