// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>Writes records one after another, as TensorFlow's TFRecordWriter does without compression. Allocates nothing per record.
/// For a file that is to be there whole or not at all the stream comes from an <see cref="AtomicFileSet"/>.</summary>
/// <param name="stream">Where they go; stays the caller's, and should have a buffer.</param>
public sealed class TFRecordWriter(Stream stream)
{
    /// <summary>How many records were written.</summary>
    public long Count { get; private set; }

    /// <summary>Writes one record with its length and both checksums.</summary>
    /// <param name="record">Its bytes; may be empty.</param>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> record)
    {
        Span<byte> header = stackalloc byte[TFRecordFrame.HeaderBytes];
        TFRecordFrame.WriteHeader(header, record.Length);
        Span<byte> checksum = stackalloc byte[TFRecordFrame.ChecksumBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, TFRecordFrame.Checksum(record));
        stream.Write(header);
        stream.Write(record);
        stream.Write(checksum);
        Count++;
    }
}
