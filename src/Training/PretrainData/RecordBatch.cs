// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>Some examples as records, in memory until it is their turn to be written.</summary>
internal sealed class RecordBatch : IDisposable
{
    /// <summary>Examples of a usual batch: enough that handing it on costs nothing, few enough to stay in the cache.</summary>
    public const int UsualCount = 512;

    private readonly MemoryStream _bytes = new();
    private readonly TFRecordWriter _writer;
    private readonly List<int> _ends = [];

    public RecordBatch() => _writer = new TFRecordWriter(_bytes);

    /// <summary>How many there are.</summary>
    public int Count => _ends.Count;

    /// <summary>Bytes of the records.</summary>
    public long Bytes => _bytes.Length;

    /// <summary>Appends a record.</summary>
    public void Add(ReadOnlySpan<byte> record)
    {
        _writer.Write(record);
        _ends.Add((int)_bytes.Length);
    }

    /// <summary>Writes them to files in turn, and forgets them.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="first">The file that the first one goes to.</param>
    public void MoveTo(IReadOnlyList<Stream> files, int first)
    {
        if (files.Count == 1)
        {
            _bytes.WriteTo(files[0]);
        }
        else
        {
            WriteInTurn(files, first);
        }

        _bytes.SetLength(0);
        _ends.Clear();
    }

    public void Dispose() => _bytes.Dispose();

    private void WriteInTurn(IReadOnlyList<Stream> files, int first)
    {
        ReadOnlySpan<byte> bytes = _bytes.GetBuffer();
        int start = 0;
        for (int i = 0; i < _ends.Count; i++)
        {
            files[(first + i) % files.Count].Write(bytes[start.._ends[i]]);
            start = _ends[i];
        }
    }
}
