// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

/// <summary>CRC-32C bit by bit, straight from its definition.</summary>
internal static class SlowCrc
{
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0x82F63B78;
            }
        }

        return ~crc;
    }

    public static uint Masked(ReadOnlySpan<byte> bytes)
    {
        uint crc = Compute(bytes);
        return unchecked(((crc >> 15) | (crc << 17)) + 0xA282EAD8);
    }
}
