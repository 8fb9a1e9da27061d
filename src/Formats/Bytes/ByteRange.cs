// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Where the bytes of a tensor lie; checked to be inside the source.</summary>
internal readonly record struct ByteRange(ByteSource Source, long Offset, long Length)
{
    // Checksums go over a range in pieces of this size, since a span is limited to 2 GiB.
    private const int ChunkBytes = 1 << 24;

    /// <summary>The bytes [offset, offset + count) of this range.</summary>
    public ReadOnlySpan<byte> Span(long offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + count, Length, nameof(count));
        return Source.Span(Offset + offset, count);
    }

    /// <summary>The unmasked CRC-32C of all bytes.</summary>
    public uint Crc32C()
    {
        uint crc = 0;
        for (long done = 0; done < Length;)
        {
            int count = (int)Math.Min(ChunkBytes, Length - done);
            crc = Formats.Crc32C.Extend(crc, Span(done, count));
            done += count;
        }

        return crc;
    }
}
