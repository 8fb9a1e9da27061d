// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Where a block of a table lies; its 5 bytes of trailer are not part of the size.</summary>
internal readonly record struct BlockHandle(ulong Offset, ulong Size)
{
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out BlockHandle handle)
    {
        bool read = Varint.TryRead(ref bytes, out ulong offset) & Varint.TryRead(ref bytes, out ulong size);
        handle = new BlockHandle(offset, size);
        return read;
    }
}
