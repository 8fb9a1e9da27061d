// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A file that is written to a temporary name beside the one it is to have; errors name the latter.</summary>
internal sealed class PendingFile : Stream
{
    private const int BufferBytes = 1 << 17;

    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private readonly FileStream _stream;
    private bool _renamed;

    /// <exception cref="UnwrittenFileException">The temporary file cannot be made, or another process is writing it.</exception>
    public PendingFile(string path)
    {
        _path = path;
        try
        {
            _target = FinalTarget(path);

            // Always the same name: what a killed process left behind is used again, never piled up.
            _temporary = Path.Combine(Path.GetDirectoryName(_target)!, $".{Path.GetFileName(_target)}.partial");
            _stream = new FileStream(_temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes);
        }
        catch (Exception e) when (UnwrittenFileException.Is(e))
        {
            throw new UnwrittenFileException(path, e);
        }
    }

    /// <summary>The folder whose list of names changes.</summary>
    public string Folder => Path.GetDirectoryName(_target)!;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => _stream.Length;

    public override long Position
    {
        get => _stream.Position;
        set => _stream.Position = value;
    }

    /// <summary>All that was written is on the disk from here on.</summary>
    public void Finish() => Try(() =>
    {
        _stream.Flush(flushToDisk: true);
        _stream.Dispose();
    });

    /// <summary>Gives the finished file its name.</summary>
    public void Rename()
    {
        Try(() => File.Move(_temporary, _target, overwrite: true));
        _renamed = true;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            _stream.Write(buffer);
        }
        catch (Exception e) when (UnwrittenFileException.Is(e))
        {
            throw new UnwrittenFileException(_path, e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void WriteByte(byte value) => Write([value]);

    public override void Flush() => Try(_stream.Flush);

    public override long Seek(long offset, SeekOrigin origin) => _stream.Seek(offset, origin);

    public override void SetLength(long value) => Try(() => _stream.SetLength(value));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Deletes the temporary file if it was not renamed.</summary>
    protected override void Dispose(bool disposing)
    {
        // After the renaming the temporary name may be another process's.
        if (disposing && !_renamed)
        {
            Abandon();
            File.Delete(_temporary);
        }

        base.Dispose(disposing);
    }

    private void Abandon()
    {
        try
        {
            _stream.Dispose();
        }
        catch (Exception e) when (UnwrittenFileException.Is(e))
        {
            // The rest of the buffer does not fit on the disk, and is not wanted there.
        }
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (UnwrittenFileException.Is(e))
        {
            throw new UnwrittenFileException(_path, e);
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
