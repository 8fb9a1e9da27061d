// SPDX-License-Identifier: Apache-2.0
using System.IO.MemoryMappedFiles;

namespace BertManaged.Formats;

/// <summary>A file mapped into memory, read-only. A file that somebody cuts short while it is mapped takes the process
/// down on Unix; writers of this library replace files by renaming, which is safe.</summary>
internal sealed unsafe class MappedFile : ByteSource
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private byte* _start;

    private MappedFile(FileStream stream)
    {
        Length = stream.Length;
        if (Length == 0)
        {
            // An empty file cannot be mapped.
            stream.Dispose();
            return;
        }

        _file = MemoryMappedFile.CreateFromFile(
            stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    public override long Length { get; }

    /// <summary>Maps a file.</summary>
    /// <exception cref="TensorFileException">It is missing or may not be read.</exception>
    public static MappedFile Open(string path)
    {
        try
        {
            return new MappedFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
        }
        catch (FileNotFoundException e)
        {
            throw new TensorFileException(path, "there is no such file", TensorFileFault.Path, e);
        }
        catch (DirectoryNotFoundException e)
        {
            throw new TensorFileException(path, "the folder does not exist", TensorFileFault.Path, e);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new TensorFileException(path, $"the file cannot be read ({SystemReason.Of(e, path)})", TensorFileFault.Path, e);
        }
    }

    protected override ReadOnlySpan<byte> SpanWithin(long offset, int count)
    {
        ObjectDisposedException.ThrowIf(_start is null, this);
        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    protected override void Dispose(bool disposing)
    {
        if (_start is not null)
        {
            _start = null;
            _view!.SafeMemoryMappedViewHandle.ReleasePointer();
            _view.Dispose();
            _file!.Dispose();
        }
    }
}
