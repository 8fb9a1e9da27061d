// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace BertManaged.Formats;

/// <summary>The records of several TFRecord files by number, to be read in any order. Where each begins is in memory, 8 bytes a record,
/// the records themselves are not; but those of compressed files are, because in these nothing can be reached but by reading up to it.
/// Not for several threads at once.</summary>
public sealed class TFRecordIndex
{
    private const int FingerprintBytes = 8;

    private readonly List<IndexedFile> _files = [];
    private byte[] _buffer = [];

    private TFRecordIndex()
    {
    }

    /// <summary>What is done with each record while the files are read for the first time.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="place">Where it begins.</param>
    public delegate void Visitor(ReadOnlySpan<byte> record, TFRecordPlace place);

    /// <summary>Number of records.</summary>
    public int Count { get; private set; }

    /// <summary>Of all records in order, whatever files they are in: the same ones have the same text.</summary>
    public string Fingerprint { get; private set; } = "";

    /// <summary>Reads files from end to end, and verifies both checksums of each record.</summary>
    /// <param name="files">In the order in which their records are numbered.</param>
    /// <param name="visit">Called with each record.</param>
    /// <exception cref="TFRecordException">A file cannot be read, is cut short or damaged, or holds more than can be numbered or, where it
    /// is compressed, be in memory.</exception>
    public static TFRecordIndex Read(IEnumerable<string> files, Visitor visit)
    {
        var index = new TFRecordIndex();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            index.Add(file, hash, visit);
        }

        index.Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, FingerprintBytes));
        return index;
    }

    /// <summary>Where a record begins.</summary>
    public TFRecordPlace Place(int number)
    {
        IndexedFile file = FileOf(number);
        return new TFRecordPlace(file.Path, number - file.First, file.Offsets[number - file.First]);
    }

    /// <summary>Reads a record and, where it is from the disk, verifies its checksums again.</summary>
    /// <returns>Its bytes, valid until the next call.</returns>
    /// <exception cref="TFRecordException">The file is not any more what it was.</exception>
    public ReadOnlySpan<byte> Read(int number)
    {
        IndexedFile file = FileOf(number);
        int i = number - file.First;
        int length = (int)(file.Offsets[i + 1] - file.Offsets[i]) - TFRecordFrame.Bytes;
        if (file.Records is { } records)
        {
            return records.GetBuffer().AsSpan(InMemory(file.Offsets[i], i), length);
        }

        ReadOnlySpan<byte> frame = ReadFrame(file.Path, file.Offsets[i], length + TFRecordFrame.Bytes);
        ReadOnlySpan<byte> record = frame.Slice(TFRecordFrame.HeaderBytes, length);
        bool isWhole = TFRecordFrame.IsHeader(frame) && TFRecordFrame.Length(frame) == (ulong)length
            && TFRecordFrame.StoredChecksum(frame[^TFRecordFrame.ChecksumBytes..]) == TFRecordFrame.Checksum(record);
        return isWhole ? record : throw new TFRecordException(Place(number), "it is not the record that it was when the file was checked");
    }

    /// <summary>Where a record of a compressed file is in memory: there they have no frames.</summary>
    private static int InMemory(long offset, int recordsBefore) => (int)(offset - ((long)recordsBefore * TFRecordFrame.Bytes));

    private void Add(string path, IncrementalHash hash, Visitor visit)
    {
        using TFRecordReader reader = TFRecordReader.Open(path);
        using MemoryStream? records = reader.IsCompressed ? new MemoryStream() : null;
        List<long> offsets = [0];
        while (reader.TryRead(out ReadOnlySpan<byte> record))
        {
            if (Count + offsets.Count > Array.MaxLength || records?.Length > Array.MaxLength - record.Length)
            {
                throw new TFRecordException(reader.Place, records is null
                    ? $"there are more than {Array.MaxLength} records; take fewer files"
                    : "the file decompresses to more than can be held in memory; decompress it first");
            }

            visit(record, reader.Place);
            Append(hash, record);
            records?.Write(record);
            offsets.Add(reader.Next.Offset);
        }

        _files.Add(new IndexedFile(path, Count, [.. offsets], records));
        Count += offsets.Count - 1;
    }

    /// <summary>The frame says enough of a record, and is faster to hash.</summary>
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> record)
    {
        Span<byte> frame = stackalloc byte[TFRecordFrame.Bytes];
        TFRecordFrame.WriteHeader(frame, record.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(frame[TFRecordFrame.HeaderBytes..], TFRecordFrame.Checksum(record));
        hash.AppendData(frame);
    }

    private ReadOnlySpan<byte> ReadFrame(string path, long offset, int length)
    {
        if (_buffer.Length < length)
        {
            _buffer = new byte[length];
        }

        Span<byte> frame = _buffer.AsSpan(0, length);
        try
        {
            // Opened for each record, so that many files do not need as many handles.
            using SafeFileHandle handle = File.OpenHandle(path, options: FileOptions.RandomAccess);
            Fill(handle, offset, frame);
            return frame;
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw new TFRecordException(
                path, $"the file could be read when it was checked, and now cannot be ({SystemReason.Of(e, path)})", e);
        }
    }

    /// <summary>Reads on where less comes than was asked for, as from a network; zeros stand for what is behind the end.</summary>
    private static void Fill(SafeFileHandle handle, long offset, Span<byte> frame)
    {
        int filled = 0;
        for (int read = -1; read != 0 && filled < frame.Length; filled += read)
        {
            read = RandomAccess.Read(handle, frame[filled..], offset + filled);
        }

        frame[filled..].Clear();
    }

    private IndexedFile FileOf(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        int low = 0, high = _files.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = _files[middle].First <= number ? (middle, high) : (low, middle - 1);
        }

        return _files[low];
    }

    /// <param name="Path">The file.</param>
    /// <param name="First">Number of its first record.</param>
    /// <param name="Offsets">Where each record begins, and at last where the file ends.</param>
    /// <param name="Records">All records one after another, where the file is compressed; closed, and still to be read.</param>
    private sealed record IndexedFile(string Path, int First, long[] Offsets, MemoryStream? Records);
}
