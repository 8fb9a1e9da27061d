// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Reads a TFRecord file record by record and verifies both checksums of each. Files that TensorFlow compressed (GZIP or
/// ZLIB, recognised by their first bytes) are decompressed on the way; no file is ever wholly in memory.
/// Not for several threads at once.</summary>
public sealed class TFRecordReader : IDisposable
{
    // Memory grows with what was really read, never with what a damaged length claims.
    private const int PieceBytes = 1 << 20;

    private readonly TFRecordStream _file;
    private byte[] _buffer = new byte[1 << 12];

    private TFRecordReader(string path)
    {
        _file = TFRecordStream.Open(path);
        Next = new TFRecordPlace(path, 0, 0);
        Place = Next;
    }

    /// <summary>Where the record that was read last begins.</summary>
    public TFRecordPlace Place { get; private set; }

    /// <summary>Where the record that comes next begins, or the file ends.</summary>
    public TFRecordPlace Next { get; private set; }

    /// <summary>Whether the file is a compressed one, in which no place can be reached but by reading up to it.</summary>
    public bool IsCompressed => _file.Length is null;

    /// <summary>Opens a file at its first record.</summary>
    /// <exception cref="TFRecordException">It is missing or cannot be read.</exception>
    public static TFRecordReader Open(string path) => new(path);

    /// <summary>Opens a file at a place that <see cref="Next"/> once gave, at once where it is not compressed, else by reading
    /// up to it.</summary>
    /// <exception cref="TFRecordException">It cannot be read, or is shorter than it was or, where it is compressed, another.</exception>
    public static TFRecordReader Open(TFRecordPlace place)
    {
        var reader = new TFRecordReader(place.File);
        try
        {
            reader.MoveTo(place);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next record.</summary>
    /// <param name="record">Its bytes, valid until the reader is used again.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="TFRecordException">The file is cut short or a checksum is wrong.</exception>
    public bool TryRead(out ReadOnlySpan<byte> record)
    {
        record = [];
        if (!TryReadHeader(out int length))
        {
            return false;
        }

        ReadBody(length + TFRecordFrame.ChecksumBytes);
        record = _buffer.AsSpan(0, length);
        uint stored = TFRecordFrame.StoredChecksum(_buffer.AsSpan(length)), computed = TFRecordFrame.Checksum(record);
        if (stored != computed)
        {
            throw Wrong($"its {length} bytes have checksum {computed:X8}, expected {stored:X8}; the file is damaged: make or copy it " +
                "again");
        }

        Advance(length);
        return true;
    }

    /// <summary>Passes over records, without verifying their bytes where the file is not compressed.</summary>
    /// <param name="count">How many, at least 0; <see cref="long.MaxValue"/> counts those that are left.</param>
    /// <returns>How many there were, fewer than asked for at the end of the file.</returns>
    /// <exception cref="TFRecordException">The file is cut short or a checksum is wrong.</exception>
    public long Skip(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        long skipped = 0;
        while (skipped < count && TrySkip())
        {
            skipped++;
        }

        return skipped;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Bytes.Dispose();

    private bool TrySkip()
    {
        if (IsCompressed)
        {
            return TryRead(out _);
        }

        bool found = TryReadHeader(out int length);
        if (found)
        {
            _file.Bytes.Seek(length + TFRecordFrame.ChecksumBytes, SeekOrigin.Current);
            Advance(length);
        }

        return found;
    }

    private bool TryReadHeader(out int length)
    {
        Place = Next;
        length = 0;
        Span<byte> header = stackalloc byte[TFRecordFrame.HeaderBytes];
        int found = Read(header);
        if (found == 0)
        {
            return false;
        }

        if (found < header.Length)
        {
            throw Wrong($"it should begin with {header.Length} bytes of length and checksum, the file ends after {found}; it is cut short");
        }

        if (!TFRecordFrame.IsHeader(header))
        {
            throw Wrong($"its length has checksum {TFRecordFrame.Checksum(header[..sizeof(ulong)]):X8}, expected " +
                $"{TFRecordFrame.StoredChecksum(header[sizeof(ulong)..]):X8}; the file is damaged or no TFRecord file");
        }

        length = Checked(TFRecordFrame.Length(header));
        return true;
    }

    // A length has a right checksum here, and may still be more than the file or an array holds.
    private int Checked(ulong length)
    {
        long left = (_file.Length ?? long.MaxValue) - Next.Offset - TFRecordFrame.HeaderBytes - TFRecordFrame.ChecksumBytes;
        if (length > (ulong)Math.Max(left, 0) || left < 0)
        {
            throw CutShort(length + TFRecordFrame.ChecksumBytes, left + TFRecordFrame.ChecksumBytes);
        }

        return length <= (ulong)(Array.MaxLength - TFRecordFrame.ChecksumBytes)
            ? (int)length
            : throw Wrong($"it should have {length} bytes, more than a record that is read may have ({Array.MaxLength})");
    }

    private void ReadBody(int length)
    {
        int found = 0;
        while (found < length)
        {
            int wanted = Math.Min(length - found, PieceBytes);
            if (_buffer.Length < found + wanted)
            {
                Array.Resize(ref _buffer, (int)Math.Min(Math.Max(2L * _buffer.Length, found + wanted), Array.MaxLength));
            }

            int read = Read(_buffer.AsSpan(found, wanted));
            found += read;
            if (read < wanted)
            {
                throw CutShort((ulong)length, found);
            }
        }
    }

    private int Read(Span<byte> destination)
    {
        try
        {
            return _file.Bytes.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new TFRecordException(
                Next,
                "the file's compressed bytes are cut short or damaged, or something stands behind them; one stream of gzip or zlib is "
                + "read: copy the file again, or decompress it first",
                e);
        }
    }

    private void Advance(int length) => Next = Next with
    {
        Record = Next.Record + 1,
        Offset = Next.Offset + TFRecordFrame.HeaderBytes + length + TFRecordFrame.ChecksumBytes,
    };

    private void MoveTo(TFRecordPlace place)
    {
        if (IsCompressed)
        {
            Skip(place.Record);
        }
        else if (place.Offset <= _file.Length)
        {
            _file.Bytes.Position = place.Offset;
            Next = place;
        }

        Place = Next;
        if (Next != place)
        {
            throw new TFRecordException(place, "reading should go on here, but " + (IsCompressed
                ? $"record {Next.Record} begins at byte {Next.Offset} of what the file decompresses to"
                : $"the file has {_file.Length} bytes") + "; it is not the file that it was");
        }
    }

    private TFRecordException CutShort(ulong expected, long found) => Wrong(
        $"its bytes and their checksum should be {expected} bytes, the file has {Math.Max(found, 0)} more; it is cut short or damaged");

    private TFRecordException Wrong(string problem) =>
        new(Next, IsCompressed ? $"{problem} (bytes are counted after decompression)" : problem);
}
