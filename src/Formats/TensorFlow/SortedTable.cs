// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using Snappier;

namespace BertManaged.Formats;

/// <summary>Reads a whole sorted table (the <c>.index</c> file of a checkpoint), in LevelDB's format as TensorFlow uses it:
/// blocks, an index block that points to them, and a footer that points to the index block. Every checksum and length is
/// verified, and that keys ascend.</summary>
/// <remarks>tensorflow/core/lib/io/table_format.txt, format.cc, block.cc.</remarks>
internal sealed class SortedTable
{
    internal const ulong Magic = 0xDB4775248B80FB57;
    internal const int FooterLength = 48;
    internal const int TrailerLength = 1 + sizeof(uint);

    // No checkpoint comes near; a file that does is made to exhaust memory.
    private const long LongestKeysTogether = 100_000_000;

    // A snappy element of 3 bytes copies at most 64: no honest block grows more.
    private const int SnappyLargestRatio = 22;

    private readonly ByteSource _source;
    private readonly string _path;
    private readonly List<TableEntry> _entries = [];
    private long _keyBudget = LongestKeysTogether;

    private SortedTable(ByteSource source, string path)
    {
        _source = source;
        _path = path;
    }

    /// <summary>All entries, in ascending order of their keys' bytes.</summary>
    /// <exception cref="TensorFileException">The table is cut short, damaged or none.</exception>
    public static IReadOnlyList<TableEntry> Read(ByteSource source, string path)
    {
        var table = new SortedTable(source, path);
        table.ReadAll();
        return table._entries;
    }

    private void ReadAll()
    {
        (BlockHandle metaIndex, BlockHandle index) = ReadFooter();
        ReadEntries(metaIndex, "metaindex block", []);
        var blocks = new List<TableEntry>();
        ReadEntries(index, "index block", blocks);
        foreach (TableEntry block in blocks)
        {
            ReadDataBlock(block);
        }
    }

    private (BlockHandle MetaIndex, BlockHandle Index) ReadFooter()
    {
        if (_source.Length < FooterLength)
        {
            throw Wrong($"an index of a TensorFlow checkpoint ends with a footer of {FooterLength} bytes, this file has " +
                $"{_source.Length}; it is cut short or none");
        }

        ReadOnlySpan<byte> footer = _source.Span(_source.Length - FooterLength, FooterLength);
        ulong magic = BinaryPrimitives.ReadUInt64LittleEndian(footer[^sizeof(ulong)..]);
        if (magic != Magic)
        {
            throw Wrong($"an index of a TensorFlow checkpoint ends with the number {Magic:X16}, found {magic:X16}; it is cut short " +
                "or none");
        }

        return BlockHandle.TryRead(ref footer, out BlockHandle metaIndex) && BlockHandle.TryRead(ref footer, out BlockHandle index)
            ? (metaIndex, index)
            : throw Wrong("the footer does not say where the index block is; the file is damaged");
    }

    private void ReadDataBlock(TableEntry indexEntry)
    {
        ReadOnlySpan<byte> value = indexEntry.Value;
        if (!BlockHandle.TryRead(ref value, out BlockHandle handle))
        {
            throw Wrong("the index block does not say where a data block is; the file is damaged");
        }

        int first = _entries.Count;
        ReadEntries(handle, "data block", _entries);
        RequireAscending(first, handle);
        if (_entries.Count > first && _entries[^1].Key.AsSpan().SequenceCompareTo(indexEntry.Key) > 0)
        {
            throw Wrong($"the data block at byte {handle.Offset} has keys beyond the one the index block gives; the file is damaged");
        }
    }

    private void RequireAscending(int first, BlockHandle handle)
    {
        for (int i = Math.Max(first, 1); i < _entries.Count; i++)
        {
            if (_entries[i - 1].Key.AsSpan().SequenceCompareTo(_entries[i].Key) >= 0)
            {
                throw Wrong($"the keys of the data block at byte {handle.Offset} do not ascend; the file is damaged");
            }
        }
    }

    private void ReadEntries(BlockHandle handle, string kind, List<TableEntry> entries)
    {
        string where = $"the {kind} at byte {handle.Offset}";
        string? problem = TableBlock.Parse(Contents(handle, where), ref _keyBudget, entries);
        if (problem is not null)
        {
            throw Wrong($"{where} is damaged: {problem}");
        }
    }

    private ReadOnlySpan<byte> Contents(BlockHandle handle, string where)
    {
        ulong blocksEnd = (ulong)(_source.Length - FooterLength);
        if (handle.Offset > blocksEnd || handle.Size > blocksEnd - handle.Offset || blocksEnd - handle.Offset - handle.Size < TrailerLength
            || handle.Size > int.MaxValue - TrailerLength)
        {
            throw Wrong($"{where} should have {handle.Size} bytes, which do not fit into the file's {_source.Length}; it is damaged");
        }

        ReadOnlySpan<byte> block = _source.Span((long)handle.Offset, (int)handle.Size + TrailerLength);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(block[^sizeof(uint)..]);
        uint computed = Crc32C.Mask(Crc32C.Compute(block[..^sizeof(uint)]));
        if (stored != computed)
        {
            throw Wrong($"{where} has checksum {computed:X8}, expected {stored:X8}; the file is damaged: copy or download it again");
        }

        ReadOnlySpan<byte> contents = block[..(int)handle.Size];
        return block[contents.Length] switch
        {
            0 => contents,
            1 => Decompress(contents, where),
            byte type => throw Wrong($"{where} has compression type {type}, expected 0 (none) or 1 (snappy)"),
        };
    }

    private byte[] Decompress(ReadOnlySpan<byte> compressed, string where)
    {
        ReadOnlySpan<byte> lengthFirst = compressed;
        long limit = Math.Min((long)compressed.Length * SnappyLargestRatio, Array.MaxLength);
        if (!Varint.TryRead(ref lengthFirst, (int)limit, out int length))
        {
            throw Wrong($"{where} claims to hold more than its {compressed.Length} bytes of snappy can; the file is damaged");
        }

        var contents = new byte[length];
        try
        {
            if (Snappy.Decompress(compressed, contents) == length)
            {
                return contents;
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or InvalidOperationException)
        {
            throw new TensorFileException(_path, $"{where} is no valid snappy; the file is damaged", inner: e);
        }

        throw Wrong($"{where} is shorter than its snappy header says; the file is damaged");
    }

    private TensorFileException Wrong(string problem) => new(_path, problem);
}
