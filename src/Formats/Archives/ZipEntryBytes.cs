// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace BertManaged.Formats;

/// <summary>The content of a file in a .zip. Its length is known at once; it is decompressed into memory when its bytes are
/// first asked for, and its checksum verified.</summary>
internal sealed unsafe class ZipEntryBytes : ByteSource
{
    // Deflate turns 258 bytes into two bits and a bit at best (zlib's manual: 1032 to 1).
    private const long DeflateLargestRatio = 1032;
    private const int PieceBytes = 1 << 20;

    private readonly Lock _loading;
    private readonly ZipArchiveEntry _entry;
    private readonly string _path;
    private byte* _start;
    private bool _disposed;

    /// <param name="entry">The file in the archive.</param>
    /// <param name="path">How it is called in messages.</param>
    /// <param name="archiveLength">Bytes of the archive.</param>
    /// <param name="loading">One lock for all entries of an archive, since they share its stream.</param>
    /// <exception cref="TensorFileException">The lengths that the archive gives cannot be true.</exception>
    public ZipEntryBytes(ZipArchiveEntry entry, string path, long archiveLength, Lock loading)
    {
        if (entry.Length < 0 || entry.CompressedLength < 0 || entry.CompressedLength > archiveLength
            || entry.Length > (entry.CompressedLength + 1) * DeflateLargestRatio)
        {
            throw new TensorFileException(path, $"the archive gives it {entry.CompressedLength} bytes that unpack to {entry.Length}, " +
                "which cannot be; the archive is damaged");
        }

        _entry = entry;
        _path = path;
        _loading = loading;
    }

    ~ZipEntryBytes() => Dispose(disposing: false);

    public override long Length => _entry.Length;

    protected override ReadOnlySpan<byte> SpanWithin(long offset, int count)
    {
        lock (_loading)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_start is null)
            {
                Load();
            }
        }

        return new ReadOnlySpan<byte>(_start + offset, count);
    }

    protected override void Dispose(bool disposing)
    {
        _disposed = true;
        NativeMemory.Free(_start);
        _start = null;
    }

    private void Load()
    {
        byte* start = (byte*)NativeMemory.Alloc((nuint)Length);
        try
        {
            Unpack(start);
            _start = start;
        }
        catch (Exception e) when (ArchiveFaults.Is(e))
        {
            throw new TensorFileException(_path, $"it cannot be unpacked ({e.Message}); the archive is damaged: copy or download " +
                "it again", inner: e);
        }
        finally
        {
            if (_start is null)
            {
                NativeMemory.Free(start);
            }
        }
    }

    private void Unpack(byte* start)
    {
        using Stream stream = _entry.Open();
        uint crc = 0;
        for (long done = 0; done < Length;)
        {
            var piece = new Span<byte>(start + done, (int)Math.Min(PieceBytes, Length - done));
            stream.ReadExactly(piece);
            crc = Crc32.Extend(crc, piece);
            done += piece.Length;
        }

        if (stream.ReadByte() != -1 || crc != _entry.Crc32)
        {
            throw new InvalidDataException($"its length is not {Length} or its checksum not {_entry.Crc32:X8}");
        }
    }
}
