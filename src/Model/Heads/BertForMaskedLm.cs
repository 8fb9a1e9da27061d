// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>BERT with the masked-LM head alone, to ask which tokens would fit.</summary>
/// <remarks>transformers BertForMaskedLM; the head is get_masked_lm_output of google-research/bert run_pretraining.py.</remarks>
public sealed class BertForMaskedLm
{
    private readonly BertModel _bert;
    private readonly MaskedLmHead _head;

    /// <summary>Reads or initialises model and head.</summary>
    /// <param name="source">At the root.</param>
    /// <param name="config">Sizes of the model.</param>
    public BertForMaskedLm(ParameterSource source, BertConfig config)
    {
        _bert = new BertModel(source.At("bert"), config);
        _head = new MaskedLmHead(source.At("cls.predictions"), config, _bert.Embeddings.WordEmbeddings);
        Parameters = [.. source.Parameters.Where(p => !p.Name.StartsWith("bert.pooler.", StringComparison.Ordinal))];
    }

    /// <summary>The parameters that take part, in the order of the model: the pooler does not.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Scores of all tokens for some rows of a batch, [P, V]. No other row goes through the head, nor, but for the first one of
    /// each sequence, through the last layer's feed-forward block.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="rows">Packed rows, [P].</param>
    public Variable Logits(Tape tape, PackedBatch batch, IndexTensor rows)
    {
        var read = new ReadRows(batch.Layout, rows);
        Variable sequenceOutput = _bert.SequenceOutput(tape, batch, read.Rows);          // [Q, H]
        Variable logits = _head.Logits(tape, sequenceOutput, read.Find(rows));           // [P, V]
        tape.Forget(sequenceOutput);
        return logits;
    }
}
