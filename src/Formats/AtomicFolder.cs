// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Writes folders that are there whole or not at all: under a temporary name, every file flushed to the disk, the folder too,
/// then renamed.</summary>
public static class AtomicFolder
{
    private const int BufferBytes = 1 << 17;

    /// <summary>Creates or replaces a folder.</summary>
    /// <param name="path">The folder; the one above it exists.</param>
    /// <param name="files">Its files, written in this order.</param>
    /// <exception cref="IOException">A file cannot be written; the message names it. What was there before is unchanged. Other
    /// exceptions of what writes a file pass through.</exception>
    public static void Write(string path, params ReadOnlySpan<(string Name, Action<Stream> Write)> files)
    {
        string full = Path.GetFullPath(path), partial = PartialName.For(full), file = path;
        try
        {
            DeleteIfThere(partial);
            Directory.CreateDirectory(partial);
            foreach ((string name, Action<Stream> write) in files)
            {
                file = Path.Combine(path, name);
                WriteFlushed(Path.Combine(partial, name), write);
            }

            DirectoryFlush.Try(partial);
            Replace(partial, full);
        }
        catch (Exception e) when (UnwrittenFileException.Is(e))
        {
            throw new UnwrittenFileException(file, SystemReason.Of(e), e);
        }
        finally
        {
            DeleteIfThere(partial);
        }
    }

    /// <summary>Deletes a folder that may be there: it gets a temporary name first, so that it is never there in part.</summary>
    public static void Delete(string path)
    {
        string full = Path.GetFullPath(path), partial = PartialName.For(full);
        if (Directory.Exists(full))
        {
            DeleteIfThere(partial);
            Directory.Move(full, partial);
            Directory.Delete(partial, recursive: true);
        }
    }

    private static void WriteFlushed(string path, Action<Stream> write)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>A folder cannot be renamed over another one that is not empty: for a moment there is none of the name.</summary>
    private static void Replace(string partial, string target)
    {
        string old = PartialName.For(target + ".old");
        DeleteIfThere(old);
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }

        Directory.Move(partial, target);
        DirectoryFlush.Try(Path.GetDirectoryName(target)!);
        DeleteIfThere(old);
    }

    private static void DeleteIfThere(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
