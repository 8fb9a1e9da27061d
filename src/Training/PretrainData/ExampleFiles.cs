// SPDX-License-Identifier: Apache-2.0
using System.Collections.Concurrent;
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>The files of a run. Examples go to them in turn; in the end all of them are there, or none.</summary>
internal sealed class ExampleFiles : IDisposable
{
    private readonly IReadOnlyList<string> _paths;
    private readonly AtomicFileSet _set = new();
    private readonly Stream[] _streams;
    private readonly ConcurrentBag<RecordBatch> _unused = [];
    private long _count;

    /// <param name="paths">The files, in the order in which they get examples.</param>
    /// <exception cref="IOException">One cannot be written.</exception>
    public ExampleFiles(IReadOnlyList<string> paths)
    {
        _paths = paths;
        try
        {
            _streams = [.. paths.Select(_set.Create)];
        }
        catch
        {
            _set.Dispose();
            throw;
        }
    }

    /// <summary>How many examples each file has so far.</summary>
    public IReadOnlyList<(string Path, long Examples)> Counts =>
        [.. _paths.Select((path, i) => (path, (_count + _paths.Count - 1 - i) / _paths.Count))];

    /// <summary>Makes records of examples by several threads, and writes them behind what was written before.</summary>
    /// <param name="examples">One lot after another.</param>
    /// <param name="jobs">Threads.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(IEnumerable<DrawnExamples> examples, int jobs, CancellationToken cancellation)
    {
        new OrderedWork<(DrawnExamples Lot, Range Range), RecordBatch>(
            examples.SelectMany(lot => lot.Batches().Select(range => (lot, range))), Encode, Write).Run(jobs);

        RecordBatch Encode((DrawnExamples Lot, Range Range) part)
        {
            cancellation.ThrowIfCancellationRequested();
            return part.Lot.Encode(part.Range, _unused.TryTake(out RecordBatch? batch) ? batch : new RecordBatch());
        }
    }

    /// <summary>Puts the files in place.</summary>
    /// <exception cref="IOException">One cannot be written; all stay as they were.</exception>
    public void Commit() => _set.Commit();

    public void Dispose()
    {
        _set.Dispose();
        foreach (RecordBatch batch in _unused)
        {
            batch.Dispose();
        }
    }

    private void Write(RecordBatch batch)
    {
        int first = (int)(_count % _streams.Length);
        _count += batch.Count;
        batch.MoveTo(_streams, first);
        _unused.Add(batch);
    }
}
