// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Unsigned integers of 7 bits a byte, the lowest first, the top bit set in all bytes but the last.</summary>
internal static class Varint
{
    private const int LongestBytes = 10;

    /// <summary>Reads one and moves <paramref name="bytes"/> past it; false where it is cut short or exceeds 64 bits.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int i = 0; i < Math.Min(bytes.Length, LongestBytes); i++)
        {
            ulong bits = bytes[i] & 0x7FUL;
            if (i == LongestBytes - 1 && bits > 1)
            {
                return false;
            }

            value |= bits << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads one that is at most <paramref name="limit"/>, as an int.</summary>
    public static bool TryRead(ref ReadOnlySpan<byte> bytes, int limit, out int value)
    {
        bool read = TryRead(ref bytes, out ulong wide) && wide <= (ulong)limit;
        value = read ? (int)wide : 0;
        return read;
    }
}
