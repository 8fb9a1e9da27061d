// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>A string tensor as TensorFlow stores it: the length of each string as a varint, the masked checksum of the
/// lengths, then the strings one after another.</summary>
/// <remarks>tensorflow/core/util/tensor_bundle/tensor_bundle.cc <c>WriteStringTensor</c>, <c>ReadStringTensor</c>. The
/// checksums go over the lengths as 4-byte numbers (8-byte ones where 4 do not do), not over their varints.</remarks>
internal static class StringTensor
{
    /// <summary>Checks lengths and both checksums; null, or what is wrong.</summary>
    /// <param name="bytes">The stored bytes.</param>
    /// <param name="count">The number of strings.</param>
    /// <param name="maskedCrc">The checksum of the tensor's entry.</param>
    public static string? Problem(ReadOnlySpan<byte> bytes, long count, uint maskedCrc) =>
        Problem(bytes, count, out uint computed) ?? (computed == maskedCrc ? null : "its checksum is wrong");

    /// <summary>Checks lengths and their checksum, and takes the checksum that the tensor's entry has; null, or what is wrong.</summary>
    public static string? Problem(ReadOnlySpan<byte> bytes, long count, out uint maskedCrc)
    {
        uint crc = 0;
        maskedCrc = 0;
        ulong total = 0;
        ReadOnlySpan<byte> rest = bytes;
        for (long i = 0; i < count; i++)
        {
            if (!Varint.TryRead(ref rest, out ulong length) || length > (ulong)rest.Length)
            {
                return $"the length of string {i} does not fit";
            }

            crc = ExtendByLength(crc, length);
            total += length;
        }

        if (rest.Length < sizeof(uint) || total != (ulong)(rest.Length - sizeof(uint)))
        {
            return $"its strings should have {total} bytes, found {Math.Max(0, rest.Length - sizeof(uint))}";
        }

        maskedCrc = Crc32C.Mask(Crc32C.Extend(crc, rest));
        return BinaryPrimitives.ReadUInt32LittleEndian(rest) != Crc32C.Mask(crc) ? "the checksum of its lengths is wrong" : null;
    }

    private static uint ExtendByLength(uint crc, ulong length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        return Crc32C.Extend(crc, length <= uint.MaxValue ? bytes[..sizeof(uint)] : bytes);
    }
}
