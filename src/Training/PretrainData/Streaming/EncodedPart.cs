// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The records of a part: made ahead as far as memory allows, the rest when it is the part's turn to be written.</summary>
internal sealed class EncodedPart
{
    /// <summary>Bytes of records that are made ahead at most, but for a batch.</summary>
    public const long MostBytesAhead = 24 << 20;

    private readonly DrawnExamples _examples;
    private readonly ExampleFiles _files;
    private readonly Queue<RecordBatch> _ahead = [];
    private readonly CancellationToken _cancellation;

    /// <summary>Makes records ahead.</summary>
    public EncodedPart(DrawnExamples examples, ExampleFiles files, CancellationToken cancellation)
    {
        (_examples, _files, _cancellation) = (examples, files, cancellation);
        foreach (Range range in examples.Batches().TakeWhile(_ => _ahead.Sum(batch => batch.Bytes) < MostBytesAhead))
        {
            _ahead.Enqueue(Encode(range));
        }
    }

    /// <summary>Writes the records, in the part's turn.</summary>
    public void Write()
    {
        foreach (Range range in _examples.Batches())
        {
            _files.Write(_ahead.TryDequeue(out RecordBatch? batch) ? batch : Encode(range));
        }
    }

    private RecordBatch Encode(Range range)
    {
        _cancellation.ThrowIfCancellationRequested();
        return _examples.Encode(range, _files.NewBatch());
    }
}
