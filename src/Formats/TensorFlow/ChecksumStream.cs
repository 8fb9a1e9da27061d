// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Passes what is written on, counts it and takes its checksum. Does not own the stream below.</summary>
internal sealed class ChecksumStream(Stream below) : CountingStream(below)
{
    /// <summary>The unmasked CRC-32C of the bytes so far.</summary>
    public uint Crc32C { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        base.Write(buffer);
        Crc32C = Formats.Crc32C.Extend(Crc32C, buffer);
    }
}
