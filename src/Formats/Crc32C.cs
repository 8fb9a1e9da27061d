// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.InteropServices;

namespace BertManaged.Formats;

/// <summary>The Castagnoli checksum that guards TensorFlow's files, and TensorFlow's masked form of it.</summary>
/// <remarks>Reflected polynomial 0x82F63B78, initial and final xor 0xFFFFFFFF. <see cref="BitOperations"/> uses the
/// processor's instruction (SSE 4.2, ARMv8) where there is one, tables where not.</remarks>
internal static class Crc32C
{
    private const uint MaskDelta = 0xA282EAD8;

    public static uint Compute(ReadOnlySpan<byte> bytes) => Extend(0, bytes);

    /// <summary>The checksum of what <paramref name="crc"/> covers followed by <paramref name="bytes"/>.</summary>
    public static uint Extend(uint crc, ReadOnlySpan<byte> bytes)
    {
        uint state = ~crc;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (byte b in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, b);
        }

        return ~state;
    }

    /// <summary>What files store: a checksum over data that itself contains checksums would be weak,
    /// so it is rotated and shifted.</summary>
    public static uint Mask(uint crc) => unchecked(BitOperations.RotateRight(crc, 15) + MaskDelta);
}
