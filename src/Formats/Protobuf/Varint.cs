// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BertManaged.Formats;

/// <summary>Unsigned integers of 7 bits a byte, the lowest first, the top bit set in all bytes but the last.</summary>
internal static class Varint
{
    /// <summary>The most bytes that one takes.</summary>
    public const int LongestBytes = 10;

    // Integers that are packed at once.
    private const int BlockLength = 16;

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
        int end = 0;
        for (; values.Length >= BlockLength; values = values[BlockLength..])
        {
            end += WriteBlock(MemoryMarshal.Cast<int, uint>(values[..BlockLength]), destination[end..]);
        }

        return end + WriteOneByOne(MemoryMarshal.Cast<int, uint>(values), destination[end..]);
    }

    private static int WriteBlock(ReadOnlySpan<uint> values, Span<byte> destination)
    {
        Vector128<uint> a = Vector128.Create(values), b = Vector128.Create(values[4..]);
        Vector128<uint> c = Vector128.Create(values[8..]), d = Vector128.Create(values[12..]);
        Vector128<uint> bits = a | b | c | d;
        if ((bits & Vector128.Create(~0x7Fu)) == Vector128<uint>.Zero)
        {
            Vector128.Narrow(Vector128.Narrow(a, b), Vector128.Narrow(c, d)).CopyTo(destination);
            return BlockLength;
        }

        return (bits & Vector128.Create(0xF000_0000)) == Vector128<uint>.Zero
            ? WriteUpTo28Bits(values, destination)
            : WriteOneByOne(values, destination);
    }

    // Bytes and lengths of several at once. Then four bytes are written whatever a value takes, and the next value goes over those that it
    // did not need: no branch depends on how long values are.
    [SkipLocalsInit]
    private static int WriteUpTo28Bits(ReadOnlySpan<uint> values, Span<byte> destination)
    {
        Span<uint> bytes = stackalloc uint[BlockLength], lengths = stackalloc uint[BlockLength];
        for (int i = 0; i < BlockLength; i += Vector128<uint>.Count)
        {
            Vector128<uint> value = Vector128.Create(values[i..]);
            Vector128<uint> spread = (value & Vector128.Create(0x7Fu)) | ((value & Vector128.Create(0x3F80u)) << 1)
                | ((value & Vector128.Create(0x1F_C000u)) << 2) | ((value & Vector128.Create(0xFE0_0000u)) << 3);
            Vector128<uint> hasSecond = Vector128.GreaterThan(value, Vector128.Create(0x7Fu));
            Vector128<uint> hasThird = Vector128.GreaterThan(value, Vector128.Create(0x3FFFu));
            Vector128<uint> hasFourth = Vector128.GreaterThan(value, Vector128.Create(0x1F_FFFFu));
            (spread | (hasSecond & Vector128.Create(0x80u)) | (hasThird & Vector128.Create(0x8000u))
                | (hasFourth & Vector128.Create(0x80_0000u))).CopyTo(bytes[i..]);

            // True is -1.
            (Vector128<uint>.One - hasSecond - hasThird - hasFourth).CopyTo(lengths[i..]);
        }

        int end = 0;
        for (int i = 0; i < BlockLength; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[end..], bytes[i]);
            end += (int)lengths[i];
        }

        return end;
    }

    private static int WriteOneByOne(ReadOnlySpan<uint> values, Span<byte> destination)
    {
        int end = 0;
        foreach (uint value in values)
        {
            end += Write(destination[end..], (ulong)(long)(int)value);
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
