// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>What a pre-training step computes. Logits are there until the tape goes back, losses until it is reset.</summary>
/// <param name="MaskedLmLogits">[P, V].</param>
/// <param name="MaskedLmLoss">Scalar.</param>
/// <param name="NextSentenceLogits">[B, 2]: 0 is the true next, 1 a random one; null without this task.</param>
/// <param name="NextSentenceLoss">Scalar; null without this task.</param>
/// <param name="Loss">Their sum.</param>
public sealed record PreTrainingOutput(
    Variable MaskedLmLogits, Variable MaskedLmLoss, Variable? NextSentenceLogits, Variable? NextSentenceLoss, Variable Loss);

/// <summary>BERT with the two heads of pre-training.</summary>
/// <remarks>google-research/bert run_pretraining.py; transformers BertForPreTraining.</remarks>
public sealed class BertForPreTraining
{
    private readonly BertModel _bert;
    private readonly MaskedLmHead _maskedLm;
    private readonly Linear? _nextSentence;

    /// <summary>Reads or initialises model and heads.</summary>
    /// <param name="source">At the root.</param>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="hasNextSentence">Whether the next-sentence head takes part.</param>
    public BertForPreTraining(ParameterSource source, BertConfig config, bool hasNextSentence = true)
    {
        _bert = new BertModel(source.At("bert"), config);
        _maskedLm = new MaskedLmHead(source.At("cls.predictions"), config, _bert.Embeddings.WordEmbeddings);
        _nextSentence = hasNextSentence ? new Linear(source.At("cls.seq_relationship"), config.HiddenSize, 2) : null;
        Parameters = hasNextSentence
            ? source.Parameters
            : [.. source.Parameters.Where(p => !p.Name.StartsWith("bert.pooler.", StringComparison.Ordinal))];
    }

    /// <summary>The parameters that take part, in the order of the model.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>Both losses and their sum.</summary>
    /// <param name="tape">The tape.</param>
    /// <param name="batch">The sequences.</param>
    /// <param name="targets">Masked tokens.</param>
    /// <param name="nextSentenceLabels">0 or 1 for each sequence, [B]; ignored without this task.</param>
    /// <param name="wholeBatch">Sequences of the batch where these are a part of it; null where they are all of it.</param>
    public PreTrainingOutput Forward(
        Tape tape, PackedBatch batch, MaskedLmTargets targets, IndexTensor? nextSentenceLabels, int? wholeBatch = null)
    {
        var read = new ReadRows(batch.Layout, targets.Rows);
        Variable rows = _bert.SequenceOutput(tape, batch, read.Rows);                                 // [Q, H]
        Variable tokenLogits = _maskedLm.Logits(tape, rows, read.Find(targets.Rows));                 // [P, V]
        Variable tokenLoss = tape.CrossEntropy(tokenLogits, targets.Ids, targets.Weights);            // []
        if (_nextSentence is null || nextSentenceLabels is null)
        {
            tape.Forget(rows);
            return new PreTrainingOutput(tokenLogits, tokenLoss, null, null, tokenLoss);
        }

        Variable first = tape.Gather(rows, read.Find(new IndexTensor(batch.Layout.FirstRows())));     // [B, H]
        Variable pooled = _bert.Pool(tape, first);                                                    // [B, H]
        Variable nextLogits = _nextSentence.Forward(tape, pooled);                                    // [B, 2]
        tape.Forget(rows, first, pooled);
        double[] weights = [.. Enumerable.Repeat(1.0 / (wholeBatch ?? nextSentenceLabels.Length), nextSentenceLabels.Length)];
        Variable nextLoss = tape.CrossEntropy(nextLogits, nextSentenceLabels, weights);               // []
        return new PreTrainingOutput(tokenLogits, tokenLoss, nextLogits, nextLoss, tape.Add(tokenLoss, nextLoss));
    }
}
