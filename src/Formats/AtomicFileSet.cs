// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Several files that are written side by side and are all there in the end, or none: each goes to a temporary name in its own
/// folder until <see cref="Commit"/> flushes them to the disk and renames them in the order in which they were created. Without a
/// commit the old files stay as they were and the temporary ones are deleted.</summary>
public sealed class AtomicFileSet : IDisposable
{
    private readonly List<PendingFile> _files = [];

    /// <summary>Begins a file, in place of an old one if there is one.</summary>
    /// <param name="path">The file. Its folder must exist; a link is followed to the file it names.</param>
    /// <returns>Where its content goes, with a buffer; the set's to dispose of.</returns>
    /// <exception cref="IOException">It cannot be written, or another process (or this set) is writing it; as from the stream, the
    /// message names the file and the reason.</exception>
    public Stream Create(string path)
    {
        var file = new PendingFile(path);
        _files.Add(file);
        return file;
    }

    /// <summary>Puts the files in place. None is replaced before all are on the disk.</summary>
    /// <exception cref="IOException">One cannot be written; unless it is the renaming that fails, all stay as they were.</exception>
    public void Commit()
    {
        _files.ForEach(file => file.Finish());
        _files.ForEach(file => file.Rename());
        foreach (string folder in _files.Select(file => file.Folder).Distinct())
        {
            DirectoryFlush.Try(folder);
        }
    }

    /// <summary>Deletes what was not put in place.</summary>
    public void Dispose()
    {
        _files.ForEach(file => file.Dispose());
        _files.Clear();
    }
}
