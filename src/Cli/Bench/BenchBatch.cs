// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Random sequences, and what a step should find in them.</summary>
/// <param name="Ids">Token ids of each sequence, [B][S].</param>
/// <param name="Classes">A class for each, [B].</param>
/// <param name="NextSentence">0 or 1 for each, [B].</param>
/// <param name="MaskedPositions">Within each sequence, [B][20].</param>
/// <param name="MaskedIds">What stands there, [B][20].</param>
internal sealed record BenchBatch(int[][] Ids, int[] Classes, int[] NextSentence, int[][] MaskedPositions, int[][] MaskedIds)
{
    /// <summary>Masked tokens of each sequence: max_predictions_per_seq of Google's run_pretraining for 128 tokens.</summary>
    public const int Predictions = 20;

    private static readonly InputExample NoText = new("", "", null, null, 0);

    /// <summary>The sequences as a task would hand them out.</summary>
    public EncodedExample[] Examples { get; } = [.. Ids.Select((ids, b) => Example(ids, Classes[b]))];

    /// <summary>The sequences as pre-training data would hand them out.</summary>
    public PretrainingExample[] PretrainingExamples { get; } =
    [
        .. Ids.Select((ids, b) => new PretrainingExample(
            ids, new int[ids.Length], MaskedPositions[b], MaskedIds[b], [.. MaskedIds[b].Select(_ => 1.0)], NextSentence[b])),
    ];

    /// <summary>Real tokens, R.</summary>
    public int Tokens => Ids.Sum(sequence => sequence.Length);

    /// <summary>Tokens of each sequence.</summary>
    public int[] Lengths => [.. Ids.Select(sequence => sequence.Length)];

    /// <summary>Rows of each sequence that a classifier reads: that of [CLS].</summary>
    public int[] FirstRows => [.. Ids.Select(_ => 1)];

    /// <summary>Rows of each sequence that pre-training reads: that of [CLS] and the masked ones, each once.</summary>
    public int[] FirstAndMaskedRows => [.. MaskedPositions.Select(positions => positions.Append(0).Distinct().Count())];

    /// <summary>A batch of a run; the same number gives the same batch.</summary>
    public static BenchBatch Draw(BenchOptions options, BenchModel model, int step)
    {
        var random = new Random(step);
        int[] lengths = options.Lengths?.Batch(step, options.Batch, options.Sequence)
            ?? [.. Enumerable.Repeat(options.Sequence, options.Batch)];
        return new BenchBatch(
            [.. lengths.Select(length => Numbers(random, length, model.Config.VocabSize))],
            Numbers(random, lengths.Length, model.Classes),
            Numbers(random, lengths.Length, 2),
            [.. lengths.Select(length => Positions(random, length))],
            [.. lengths.Select(_ => Numbers(random, Predictions, model.Config.VocabSize))]);
    }

    public PackedBatch Pack() => new(Ids);

    /// <summary>Different ones, as long as there are enough.</summary>
    private static int[] Positions(Random random, int length)
    {
        int[] all = [.. Enumerable.Range(0, length)];
        random.Shuffle(all);
        return [.. Enumerable.Range(0, Predictions).Select(i => all[i % length])];
    }

    private static EncodedExample Example(int[] ids, int label) => new(NoText, new SequenceEncoding(ids, new int[ids.Length]), label, 0);

    private static int[] Numbers(Random random, int count, int bound) => [.. Enumerable.Range(0, count).Select(_ => random.Next(bound))];
}
