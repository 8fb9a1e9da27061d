// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>The key under which a slice of a partitioned variable is stored: 0, the variable's name, its rank, and start
/// and length in each dimension, in a code whose bytes sort as the values do.</summary>
/// <remarks>tensorflow/core/util/saved_tensor_slice_util.cc <c>EncodeTensorNameSlice</c>,
/// tensorflow/core/lib/strings/ordered_code.cc.</remarks>
internal static class SliceKey
{
    public static byte[] Encode(ReadOnlySpan<byte> name, IReadOnlyList<SliceExtent> slice)
    {
        var key = new List<byte>();
        AppendNumber(key, 0);
        AppendText(key, name);
        AppendNumber(key, (ulong)slice.Count);
        foreach (SliceExtent extent in slice)
        {
            AppendSigned(key, extent.Start);
            AppendSigned(key, extent.Length);
        }

        return [.. key];
    }

    // One byte n, then the n bytes of the number, the highest first and none of them leading zeros.
    private static void AppendNumber(List<byte> key, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        ReadOnlySpan<byte> significant = bytes.TrimStart((byte)0);
        key.Add((byte)significant.Length);
        key.AddRange(significant);
    }

    // 00 and FF are escaped, so that the end mark 00 01 sorts before any further character.
    private static void AppendText(List<byte> key, ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            key.Add(b);
            if (b is 0x00 or 0xFF)
            {
                key.Add((byte)~b);
            }
        }

        key.AddRange([0x00, 0x01]);
    }

    // n leading ones and a zero, then the value in what is left of n bytes; a negative value is the complement of its complement.
    internal static void AppendSigned(List<byte> key, long value)
    {
        ulong magnitude = (ulong)(value < 0 ? ~value : value);
        int length = 1;
        while (length < 10 && magnitude >> Math.Min((7 * length) - 1, 63) != 0)
        {
            length++;
        }

        Span<byte> bytes = stackalloc byte[10];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64BigEndian(bytes[2..], magnitude);
        bytes = bytes[^length..];
        for (int bit = 0; bit < length; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        foreach (byte b in bytes)
        {
            key.Add(value < 0 ? (byte)~b : b);
        }
    }
}
