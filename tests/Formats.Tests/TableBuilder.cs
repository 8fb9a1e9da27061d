// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using Snappier;

namespace BertManaged.Formats.Tests;

/// <summary>Writes sorted tables, sound ones and, by its hooks, broken ones with sound checksums.</summary>
internal sealed class TableBuilder
{
    private readonly List<byte> _file = [];

    public int EntriesPerBlock { get; init; } = int.MaxValue;

    public int RestartInterval { get; init; } = 16;

    public bool Compress { get; init; }

    /// <summary>Changes the content of each block before its checksum is made.</summary>
    public Func<byte[], byte[]> Tamper { get; init; } = block => block;

    public byte[] Build(IReadOnlyList<(byte[] Key, byte[] Value)> entries)
    {
        _file.Clear();
        var index = new List<(byte[], byte[])>();
        for (int i = 0; i < entries.Count; i += Math.Min(EntriesPerBlock, entries.Count))
        {
            (byte[] Key, byte[] Value)[] block = [.. entries.Skip(i).Take(EntriesPerBlock)];
            byte[] handle = WriteBlock(Block(block, RestartInterval));
            index.Add((block[^1].Key, handle));
        }

        byte[] metaIndexHandle = WriteBlock(Block([], 1));
        byte[] indexHandle = WriteBlock(Block(index, 1));
        byte[] footer = new byte[48];
        metaIndexHandle.CopyTo(footer, 0);
        indexHandle.CopyTo(footer, metaIndexHandle.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(footer.AsSpan(40), 0xDB4775248B80FB57);
        _file.AddRange(footer);
        return [.. _file];
    }

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
        {
            bytes.Add((byte)(value | 0x80));
        }

        return [.. bytes, (byte)value];
    }

    private byte[] WriteBlock(byte[] contents)
    {
        contents = Tamper(contents);
        byte[] stored = Compress ? Snappy.CompressToArray(contents) : contents;
        byte[] handle = [.. Varint((ulong)_file.Count), .. Varint((ulong)stored.Length)];
        byte[] typed = [.. stored, (byte)(Compress ? 1 : 0)];
        _file.AddRange(typed);
        byte[] crc = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(crc, SlowCrc.Masked(typed));
        _file.AddRange(crc);
        return handle;
    }

    private static byte[] Block(IReadOnlyList<(byte[] Key, byte[] Value)> entries, int restartInterval)
    {
        var bytes = new List<byte>();
        var restarts = new List<int>();
        byte[] last = [];
        for (int i = 0; i < entries.Count; i++)
        {
            int shared = 0;
            if (i % restartInterval == 0)
            {
                restarts.Add(bytes.Count);
            }
            else
            {
                shared = last.AsSpan().CommonPrefixLength(entries[i].Key);
            }

            last = entries[i].Key;
            bytes.AddRange([.. Varint((ulong)shared), .. Varint((ulong)(last.Length - shared)), .. Varint((ulong)entries[i].Value.Length)]);
            bytes.AddRange([.. last[shared..], .. entries[i].Value]);
        }

        restarts = restarts.Count == 0 ? [0] : restarts;
        bytes.AddRange(restarts.Append(restarts.Count).SelectMany(BitConverter.GetBytes));
        return [.. bytes];
    }
}
