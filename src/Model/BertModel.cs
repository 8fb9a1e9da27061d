// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;

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

    /// <summary>Rows of a batch after the last layer, [R, H].</summary>
    public Variable SequenceOutput(Tape tape, PackedBatch batch) =>
        _encoder.Forward(tape, Embeddings.Forward(tape, batch), batch.Layout);

    /// <summary>The pooled first row of each sequence: [R, H] → [B, H].</summary>
    public Variable PooledOutput(Tape tape, Variable sequenceOutput, PackedBatch batch) =>
        _pooler.Forward(tape, sequenceOutput, batch.Layout);
}
