// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>What stands around the bytes of a record: before them their number (8 bytes) and its masked CRC-32C, after them their
/// own masked CRC-32C; all little-endian.</summary>
/// <remarks>tensorflow/core/lib/io/record_writer.h.</remarks>
internal static class TFRecordFrame
{
    public const int HeaderBytes = sizeof(ulong) + ChecksumBytes;
    public const int ChecksumBytes = sizeof(uint);

    public static void WriteHeader(Span<byte> header, int length)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], Checksum(header[..sizeof(ulong)]));
    }

    public static ulong Length(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadUInt64LittleEndian(header);

    /// <summary>The masked checksum of a record's bytes, or of the 8 bytes of a length.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes) => Crc32C.Mask(Crc32C.Compute(bytes));

    /// <summary>Whether a whole header with a right checksum stands at the beginning of some bytes.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeaderBytes && StoredChecksum(bytes[sizeof(ulong)..]) == Checksum(bytes[..sizeof(ulong)]);

    public static uint StoredChecksum(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
