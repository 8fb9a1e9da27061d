// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Examples as the model sees them: a batch, or a part of one whose losses count as in the whole.</summary>
internal sealed class PretrainingBatch
{
    private readonly IReadOnlyList<PretrainingExample> _examples;

    private PretrainingBatch(IReadOnlyList<PretrainingExample> examples, double wholeWeight, int wholeCount)
    {
        (_examples, WholeWeight, WholeCount) = (examples, wholeWeight, wholeCount);
        Tokens = new PackedBatch([.. examples.Select(e => e.InputIds)], [.. examples.Select(e => e.TokenTypeIds)]);
        bool nothingIsMasked = examples.All(e => e.MaskedIds.Length == 0);
        Weights = nothingIsMasked ? [0.0] : [.. examples.SelectMany(e => e.MaskedWeights)];
        Masked = nothingIsMasked
            ? MaskedLmTargets.Google(Tokens.Layout, [[0]], [[0]], [Weights], wholeWeight)
            : MaskedLmTargets.Google(
                Tokens.Layout, [.. examples.Select(e => e.MaskedPositions)], [.. examples.Select(e => e.MaskedIds)],
                [.. examples.Select(e => e.MaskedWeights)], wholeWeight);
        NextSentence = new IndexTensor([.. examples.Select(e => e.NextSentence)]);
    }

    /// <summary>Sequences, B.</summary>
    public int Count => _examples.Count;

    /// <summary>The real tokens, packed.</summary>
    public PackedBatch Tokens { get; }

    /// <summary>What is to be found at the masked positions, [P]; a slot of weight 0 where nothing is masked.</summary>
    public MaskedLmTargets Masked { get; }

    /// <summary>What each masked position counts, before it is normalised, [P].</summary>
    public double[] Weights { get; }

    /// <summary>Labels, [B].</summary>
    public IndexTensor NextSentence { get; }

    /// <summary>Σ of the weights of the whole batch.</summary>
    public double WholeWeight { get; }

    /// <summary>Sequences of the whole batch.</summary>
    public int WholeCount { get; }

    /// <summary>A batch in one piece.</summary>
    public static PretrainingBatch Whole(IReadOnlyList<PretrainingExample> examples) => Parts(examples, 1)[0];

    /// <summary>A batch in several parts, as even as can be. Their losses, and so their gradients, add up to those of the whole: each
    /// masked position counts w / (Σ w + 1e-5) and each sequence 1 / B, the sums being over the whole batch.</summary>
    public static PretrainingBatch[] Parts(IReadOnlyList<PretrainingExample> examples, int count)
    {
        double weight = examples.Sum(e => e.MaskedWeights.Sum());
        return
        [
            .. Enumerable.Range(0, Math.Min(count, examples.Count)).Select(i => new PretrainingBatch(
                [.. examples.Skip(Begin(i)).Take(Begin(i + 1) - Begin(i))], weight, examples.Count)),
        ];

        int Begin(int part) => (int)((long)part * examples.Count / Math.Min(count, examples.Count));
    }

    /// <summary>Both losses of these sequences, in the shares that they have in the whole batch.</summary>
    public PreTrainingOutput Forward(Tape tape, BertForPreTraining model) =>
        model.Forward(tape, Tokens, Masked, NextSentence, WholeCount);
}
