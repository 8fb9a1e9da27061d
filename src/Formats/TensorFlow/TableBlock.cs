// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>The content of one block of a sorted table: entries whose keys leave out what they share with the key before,
/// then the offsets of the entries that leave out nothing ("restarts"), then how many those are.</summary>
internal static class TableBlock
{
    /// <summary>Adds the entries of a block to a list.</summary>
    /// <param name="contents">The block, decompressed, its checksum verified.</param>
    /// <param name="keyBudget">How many bytes of keys may still be made; what this block makes is subtracted. Prefix
    /// compression could otherwise turn a small file into any amount of memory.</param>
    /// <param name="entries">Where the entries go.</param>
    /// <returns>Null, or what is wrong with the block.</returns>
    public static string? Parse(ReadOnlySpan<byte> contents, ref long keyBudget, List<TableEntry> entries)
    {
        if (!TryRestarts(contents, out ReadOnlySpan<byte> restarts))
        {
            return "its list of restarts does not fit";
        }

        ReadOnlySpan<byte> rest = contents[..(contents.Length - restarts.Length - sizeof(uint))];
        int total = rest.Length;
        byte[] key = [];
        while (!rest.IsEmpty)
        {
            int offset = total - rest.Length;
            if (!TryEntry(ref rest, ref key, out int shared, out byte[] value))
            {
                return $"the entry at byte {offset} does not fit";
            }

            if (TakeRestart(ref restarts, offset) && shared != 0)
            {
                return $"the entry at byte {offset} is a restart but leaves out a prefix";
            }

            keyBudget -= key.Length;
            if (keyBudget < 0)
            {
                return "its names are too long altogether";
            }

            entries.Add(new TableEntry(key, value));
        }

        // An empty block lists one restart, at 0.
        bool allSeen = restarts.IsEmpty || (total == 0 && restarts.Length == sizeof(uint) && restarts.IndexOfAnyExcept((byte)0) < 0);
        return allSeen ? null : "a restart is not where an entry begins";
    }

    private static bool TryRestarts(ReadOnlySpan<byte> contents, out ReadOnlySpan<byte> restarts)
    {
        restarts = [];
        if (contents.Length < 2 * sizeof(uint))
        {
            return false;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(contents[^sizeof(uint)..]);
        int room = contents.Length - sizeof(uint);
        if (count == 0 || count > room / sizeof(uint))
        {
            return false;
        }

        int bytes = (int)count * sizeof(uint);
        restarts = contents.Slice(room - bytes, bytes);
        return true;
    }

    private static bool TryEntry(ref ReadOnlySpan<byte> rest, ref byte[] key, out int shared, out byte[] value)
    {
        value = [];
        if (!Varint.TryRead(ref rest, key.Length, out shared)
            || !Varint.TryRead(ref rest, rest.Length, out int unshared)
            || !Varint.TryRead(ref rest, rest.Length, out int valueLength)
            || unshared + (long)valueLength > rest.Length)
        {
            return false;
        }

        key = [.. key.AsSpan(0, shared), .. rest[..unshared]];
        value = rest.Slice(unshared, valueLength).ToArray();
        rest = rest[(unshared + valueLength)..];
        return true;
    }

    // Restarts are in ascending order, so only the first remaining one can be at this offset.
    private static bool TakeRestart(ref ReadOnlySpan<byte> restarts, int offset)
    {
        bool restart = !restarts.IsEmpty && BinaryPrimitives.ReadUInt32LittleEndian(restarts) == (uint)offset;
        restarts = restart ? restarts[sizeof(uint)..] : restarts;
        return restart;
    }
}
