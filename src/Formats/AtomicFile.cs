// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats;

/// <summary>Writes files that are there whole or not at all: to a temporary name in the same folder, flushed to the disk,
/// then renamed over the target. If anything fails, the old file stays as it was and the temporary one is deleted.</summary>
public static class AtomicFile
{
    /// <summary>Creates or replaces a file. Its folder must exist; a link is followed to the file it names.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It cannot be written (the disk is full, no permission, no such folder, another
    /// process is writing it); the message names the file and the reason. Other exceptions of
    /// <paramref name="write"/> pass through.</exception>
    public static void Write(string path, Action<Stream> write) => WriteAll((path, write));

    /// <summary>Creates or replaces several files that belong together: none is replaced before all are on the disk.</summary>
    /// <param name="files">Path and content of each, as for <see cref="Write"/>.</param>
    /// <exception cref="IOException">One cannot be written; all stay as they were.</exception>
    public static void WriteAll(params ReadOnlySpan<(string Path, Action<Stream> Write)> files)
    {
        using var set = new AtomicFileSet();
        foreach ((string path, Action<Stream> write) in files)
        {
            Stream stream = set.Create(path);
            try
            {
                write(stream);
            }
            catch (Exception e) when (UnwrittenFileException.Is(e))
            {
                throw new UnwrittenFileException(path, e);
            }
        }

        set.Commit();
    }

    /// <summary>Creates or replaces a file with text in UTF-8 without byte order mark.</summary>
    /// <exception cref="IOException">As for <see cref="Write"/>.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
