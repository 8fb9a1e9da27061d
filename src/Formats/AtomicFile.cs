// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats;

/// <summary>Writes files that are there whole or not at all: to a temporary name in the same folder, flushed to the disk,
/// then renamed over the target. If anything fails, the old file stays as it was and the temporary one is deleted.</summary>
public static class AtomicFile
{
    private const int BufferBytes = 1 << 17;

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
        var pending = new List<(string Temporary, string Target)>();
        string path = "";
        try
        {
            foreach ((string Path, Action<Stream> Write) file in files)
            {
                path = file.Path;
                string target = FinalTarget(path);

                // Always the same name: what a killed process left behind is used again, never piled up.
                string temporary = PartialName.For(target);
                WriteFlushed(temporary, file.Write);
                pending.Add((temporary, target));
            }

            Replace(pending);
        }
        catch (Exception e) when (IsFailedWrite(e))
        {
            throw CannotBeWritten(path, e);
        }
        finally
        {
            pending.ForEach(file => File.Delete(file.Temporary));
        }
    }

    /// <summary>Creates or replaces a file with text in UTF-8 without byte order mark.</summary>
    /// <exception cref="IOException">As for <see cref="Write"/>.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Whether a write failed for what the system says. A file beyond the largest size that is allowed comes as
    /// ArgumentOutOfRangeException.</summary>
    internal static bool IsFailedWrite(Exception e) =>
        e is (IOException or UnauthorizedAccessException or ArgumentOutOfRangeException) and not TensorFileException;

    internal static IOException CannotBeWritten(string path, Exception e) =>
        new($"{path}: the file cannot be written ({e.Message}); what was there before is unchanged", e);

    /// <summary>Writes a file and flushes it to the disk; deletes it if that fails.</summary>
    internal static void WriteFlushed(string temporary, Action<Stream> write)
    {
        // Opened outside the try: if another process is writing, the file is its own to delete.
        var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void Replace(List<(string Temporary, string Target)> files)
    {
        files.ForEach(file => File.Move(file.Temporary, file.Target, overwrite: true));
        foreach (string folder in files.Select(file => Path.GetDirectoryName(file.Target)!).Distinct())
        {
            DirectoryFlush.Try(folder);
        }
    }

    private static string FinalTarget(string path)
    {
        // Of the full path: a relative link is otherwise followed from the root where the name has no folder.
        string full = Path.GetFullPath(path);
        full = File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
        return !full.StartsWith("/dev/", StringComparison.Ordinal)
            ? full
            : throw new IOException("it is a device, and renaming a file over it would replace it");
    }
}
