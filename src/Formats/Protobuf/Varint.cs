// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BertManaged.Formats;

/// <summary>Unsigned integers of 7 bits a byte, the lowest first, the top bit set in all bytes but the last.</summary>
internal static class Varint
{
    /// <summary>The most bytes that one takes.</summary>
    public const int LongestBytes = 10;

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

    /// <summary>How many bytes a value takes.</summary>
    public static int Length(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    /// <summary>Writes one to the beginning of <paramref name="destination"/>; gives how many bytes it took.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Write(Span<byte> destination, ulong value)
    {
        if (value < 0x80)
        {
            destination[0] = (byte)value;
            return 1;
        }

        return WriteLong(destination, value);
    }

    private static int WriteLong(Span<byte> destination, ulong value)
    {
        int length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            destination[length++] = (byte)(value | 0x80);
        }

        destination[length] = (byte)value;
        return length + 1;
    }
}
