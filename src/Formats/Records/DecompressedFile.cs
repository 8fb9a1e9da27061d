// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.IO.Compression;

namespace BertManaged.Formats;

/// <summary>What a file decompresses to that is one gzip or zlib stream. The library takes a stream that is cut short for one that
/// ends; here the number that stands at a whole stream's end is held against what was read.</summary>
internal sealed class DecompressedFile : Stream
{
    // Header, two bytes that say that nothing is compressed, and the trailer.
    private const int ShortestGzip = 10 + 2 + 8, ShortestZlib = 2 + 2 + 4;

    private readonly FileStream _file;
    private readonly bool _isGzip;
    private readonly Stream _stream;
    private uint _length;
    private uint _adler = 1;

    /// <param name="file">The file, at its beginning; belongs to this stream from then on.</param>
    /// <param name="isGzip">Whether it is gzip (RFC 1952), else zlib (RFC 1950).</param>
    public DecompressedFile(FileStream file, bool isGzip)
    {
        _file = file;
        _isGzip = isGzip;
        _stream = isGzip ? new GZipStream(file, CompressionMode.Decompress) : new ZLibStream(file, CompressionMode.Decompress);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is damaged, or ends where the stream does not.</exception>
    public override int Read(Span<byte> buffer)
    {
        int count = _stream.Read(buffer);
        if (count == 0 && buffer.Length > 0)
        {
            RequireEnd();
        }

        _length += (uint)count;
        _adler = _isGzip ? _adler : Adler32(_adler, buffer[..count]);
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    // gzip ends with the number of bytes compressed, zlib with their Adler-32.
    private void RequireEnd()
    {
        Span<byte> trailer = stackalloc byte[sizeof(uint)];
        RandomAccess.Read(_file.SafeFileHandle, trailer, Math.Max(0, _file.Length - trailer.Length));
        bool ends = _isGzip
            ? BinaryPrimitives.ReadUInt32LittleEndian(trailer) == _length
            : BinaryPrimitives.ReadUInt32BigEndian(trailer) == _adler;
        if (!ends || _file.Length < (_isGzip ? ShortestGzip : ShortestZlib))
        {
            throw new InvalidDataException("The compressed stream has no end, or something stands behind it.");
        }
    }

    private static uint Adler32(uint adler, ReadOnlySpan<byte> bytes)
    {
        // The most bytes whose sums do not overflow before they are reduced (RFC 1950, section 9).
        const int MostBytes = 5552;
        const uint Modulus = 65521;
        uint low = adler & 0xFFFF, high = adler >> 16;
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> piece = bytes[..Math.Min(MostBytes, bytes.Length)];
            foreach (byte b in piece)
            {
                low += b;
                high += low;
            }

            (low, high) = (low % Modulus, high % Modulus);
            bytes = bytes[piece.Length..];
        }

        return (high << 16) | low;
    }
}
