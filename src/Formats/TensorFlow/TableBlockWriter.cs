// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Buffers.Binary;

namespace BertManaged.Formats;

/// <summary>Puts together the content of one block of a sorted table, as <see cref="TableBlock"/> reads it.</summary>
/// <param name="restartInterval">How many entries there are from one that leaves out nothing to the next.</param>
/// <remarks>tensorflow/core/lib/io/block_builder.cc.</remarks>
internal sealed class TableBlockWriter(int restartInterval)
{
    private readonly ArrayBufferWriter<byte> _entries = new();
    private readonly List<int> _restarts = [0];
    private byte[] _lastKey = [];
    private int _sinceRestart;

    /// <summary>How many bytes the block would have now.</summary>
    public int Length => _entries.WrittenCount + (sizeof(uint) * (_restarts.Count + 1));

    public bool IsEmpty => _entries.WrittenCount == 0;

    /// <summary>Adds an entry, whose key comes after all keys so far.</summary>
    public void Add(byte[] key, ReadOnlySpan<byte> value)
    {
        if (_sinceRestart == restartInterval)
        {
            _restarts.Add(_entries.WrittenCount);
            _sinceRestart = 0;
            _lastKey = [];
        }

        int shared = _lastKey.AsSpan().CommonPrefixLength(key);
        WriteLength(shared);
        WriteLength(key.Length - shared);
        WriteLength(value.Length);
        _entries.Write(key.AsSpan(shared));
        _entries.Write(value);
        _lastKey = key;
        _sinceRestart++;
    }

    /// <summary>The block's bytes; the next block begins.</summary>
    public byte[] Take()
    {
        foreach (int restart in _restarts.Append(_restarts.Count))
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_entries.GetSpan(sizeof(uint)), (uint)restart);
            _entries.Advance(sizeof(uint));
        }

        byte[] block = _entries.WrittenSpan.ToArray();
        _entries.ResetWrittenCount();
        _restarts.Clear();
        _restarts.Add(0);
        (_lastKey, _sinceRestart) = ([], 0);
        return block;
    }

    private void WriteLength(int length) =>
        _entries.Advance(Varint.Write(_entries.GetSpan(Varint.LongestBytes), (uint)length));
}
