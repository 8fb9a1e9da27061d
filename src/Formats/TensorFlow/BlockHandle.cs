// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Where a block of a table lies; its 5 bytes of trailer are not part of the size.</summary>
internal readonly record struct BlockHandle(ulong Offset, ulong Size)
{
    public byte[] ToBytes()
    {
        Span<byte> bytes = stackalloc byte[2 * Varint.LongestBytes];
        int length = Varint.Write(bytes, Offset);
        length += Varint.Write(bytes[length..], Size);
        return bytes[..length].ToArray();
    }

    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out BlockHandle handle)
    {
        bool read = Varint.TryRead(ref bytes, out ulong offset) & Varint.TryRead(ref bytes, out ulong size);
        handle = new BlockHandle(offset, size);
        return read;
    }
}
