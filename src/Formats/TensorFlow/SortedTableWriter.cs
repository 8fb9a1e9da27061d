// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>Writes a sorted table (the <c>.index</c> file of a checkpoint) byte for byte as TensorFlow does: not compressed.</summary>
/// <param name="stream">Where it goes.</param>
/// <param name="blockBytes">A data block ends with the entry that makes it this long.</param>
/// <remarks>tensorflow/core/lib/io/table_builder.cc, table_options.h.</remarks>
internal sealed class SortedTableWriter(Stream stream, int blockBytes = SortedTableWriter.NominalBlockBytes)
{
    private const int NominalBlockBytes = 1 << 18;
    private const int DataRestartInterval = 16, IndexRestartInterval = 1;
    private const byte NoCompression = 0;

    private readonly TableBlockWriter _data = new(DataRestartInterval);
    private readonly TableBlockWriter _index = new(IndexRestartInterval);
    private byte[] _lastKey = [];
    private BlockHandle? _unlisted;
    private ulong _offset;

    /// <summary>Adds an entry, whose key comes after all keys so far.</summary>
    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        // A finished block is listed when the next key is known: the key in the index then needs to be no longer than tells them apart.
        if (_unlisted is { } block)
        {
            _index.Add(TableKeys.Separator(_lastKey, key), block.ToBytes());
            _unlisted = null;
        }

        _data.Add(key, value);
        _lastKey = key;
        if (_data.Length >= blockBytes)
        {
            _unlisted = WriteBlock(_data);
        }
    }

    /// <summary>Writes what is left, the index and the footer.</summary>
    public void Finish()
    {
        BlockHandle? last = _data.IsEmpty ? _unlisted : WriteBlock(_data);
        BlockHandle metaIndex = WriteBlock(new TableBlockWriter(DataRestartInterval));
        if (last is { } block)
        {
            _index.Add(TableKeys.Successor(_lastKey), block.ToBytes());
        }

        byte[] handles = [.. metaIndex.ToBytes(), .. WriteBlock(_index).ToBytes()];
        Span<byte> footer = stackalloc byte[SortedTable.FooterLength];
        footer.Clear();
        handles.CopyTo(footer);
        BinaryPrimitives.WriteUInt64LittleEndian(footer[^sizeof(ulong)..], SortedTable.Magic);
        stream.Write(footer);
    }

    private BlockHandle WriteBlock(TableBlockWriter block)
    {
        byte[] contents = block.Take();
        Span<byte> trailer = stackalloc byte[SortedTable.TrailerLength];
        trailer[0] = NoCompression;
        uint crc = Crc32C.Extend(Crc32C.Compute(contents), trailer[..1]);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[1..], Crc32C.Mask(crc));
        stream.Write(contents);
        stream.Write(trailer);
        var handle = new BlockHandle(_offset, (ulong)contents.Length);
        _offset += (ulong)(contents.Length + trailer.Length);
        return handle;
    }
}
