// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
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

    /// <summary>Writes integers one behind another, as a packed field has them: negative ones in ten bytes.</summary>
    /// <param name="values">The integers.</param>
    /// <param name="destination">Has <see cref="LongestBytes"/> for each.</param>
    /// <returns>How many bytes they took.</returns>
    public static int WriteAll(ReadOnlySpan<int> values, Span<byte> destination)
    {
        // Four bytes are written whatever a value takes, and the next value goes over those that it did not need: no branch
        // depends on how long values are, but for those of more than 28 bits.
        int end = 0;
        foreach (int value in values)
        {
            var bits = (uint)value;
            if (bits >> 28 != 0)
            {
                end += Write(destination[end..], (ulong)(long)value);
                continue;
            }

            int length = Length(bits);
            uint spread = (bits & 0x7F) | ((bits & 0x3F80) << 1) | ((bits & 0x1F_C000) << 2) | ((bits & 0xFE0_0000) << 3);
            uint continued = (uint)((1UL << (8 * (length - 1))) - 1) & 0x8080_8080;
            BinaryPrimitives.WriteUInt32LittleEndian(destination[end..], spread | continued);
            end += length;
        }

        return end;
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
