// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>Embeddings, encoder and pooler: what all heads share.</summary>
public sealed class BertModel
{
    private readonly BertEncoder _encoder;
    private readonly BertPooler _pooler;

    /// <summary>Reads or initialises the model.</summary>
    /// <param name="source">At the path "bert".</param>
    /// <param name="config">Its sizes.</param>
    public BertModel(ParameterSource source, BertConfig config)
    {
        Embeddings = new BertEmbeddings(source.At("embeddings"), config);
        _encoder = new BertEncoder(source.At("encoder"), config);
        _pooler = new BertPooler(source.At("pooler"), config);
    }

    /// <summary>The tables.</summary>
    public BertEmbeddings Embeddings { get; }

    /// <summary>All rows of a batch after the last layer, [R, H].</summary>
    public Variable SequenceOutput(Tape tape, PackedBatch batch) =>
        _encoder.Forward(tape, Embeddings.Forward(tape, batch), batch.Layout);

    /// <summary>Some rows of a batch after the last layer, [Q, H]. The last layer computes no others, unless the tape wants all.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="rows">Packed rows in ascending order, at least one of each sequence, [Q].</param>
    public Variable SequenceOutput(Tape tape, PackedBatch batch, IndexTensor rows)
    {
        if (!tape.WantsAllRows)
        {
            return _encoder.Forward(tape, Embeddings.Forward(tape, batch), batch.Layout.WithQueries(rows));
        }

        Variable all = SequenceOutput(tape, batch);                                      // [R, H]
        Variable some = tape.Gather(all, rows);                                          // [Q, H]
        tape.Forget(all);
        return some;
    }

    /// <summary>The pooled first row of each sequence, chosen from all rows: [R, H] → [B, H].</summary>
    public Variable PooledOutput(Tape tape, Variable sequenceOutput, PackedBatch batch)
    {
        Variable first = tape.Gather(sequenceOutput, new IndexTensor(batch.Layout.FirstRows()));   // [B, H]
        Variable pooled = Pool(tape, first);                                                       // [B, H]
        tape.Forget(first);
        return pooled;
    }

    /// <summary>First rows of sequences, pooled: [B, H] → [B, H].</summary>
    public Variable Pool(Tape tape, Variable first) => _pooler.Forward(tape, first);
}
