// SPDX-License-Identifier: Apache-2.0
using Microsoft.Win32.SafeHandles;

namespace BertManaged.Formats;

/// <summary>A file that is written to a temporary name beside the one it is to have; errors name the latter.</summary>
internal sealed class PendingFile : Stream
{
    private const int BufferBytes = 1 << 17;

    // So much is under way to the disk before more of it is begun, so that little is left to wait for at the end.
    private const long BytesOfFlush = 1 << 26;

    private readonly string _path;
    private readonly string _target;
    private readonly string _temporary;
    private readonly SafeFileHandle _handle;
    private readonly FileStream _stream;
    private Task _flush = Task.CompletedTask;
    private long _unflushed;
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
            _handle = File.OpenHandle(_temporary, FileMode.Create, FileAccess.Write, FileShare.None);
            _stream = new FileStream(_handle, FileAccess.Write, BufferBytes);
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
        // An error is told once: what a flush in the background has heard of, the last one does not.
        _flush.GetAwaiter().GetResult();
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
            FlushNowAndThen(buffer.Length);
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

    private void FlushNowAndThen(int written)
    {
        _unflushed += written;
        if (_unflushed >= BytesOfFlush && _flush.IsCompletedSuccessfully)
        {
            _unflushed = 0;
            _flush = Task.Run(() => RandomAccess.FlushToDisk(_handle));
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
