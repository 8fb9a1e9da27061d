// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>The masked tokens of a batch file.</summary>
internal static class MaskedLmBatch
{
    private const string Positions = "masked_lm_positions", Ids = "masked_lm_ids", Weights = "masked_lm_weights";

    /// <summary>Reads masked_lm_positions, masked_lm_ids and, if it is there, masked_lm_weights: lists of the same lengths.</summary>
    /// <exception cref="InputFileException">They do not fit each other, the sequences or the vocabulary.</exception>
    public static MaskedLmTargets Read(BatchFile batch, SequenceLayout layout, int vocabSize)
    {
        int[][] positions = batch.IntegerLists(Positions), ids = batch.IntegerLists(Ids);
        double[][]? weights = batch.Has(Weights) ? batch.NumberLists(Weights) : null;
        RequireLengths(
            batch, Positions, positions,
            [.. Enumerable.Range(0, layout.Count).Select(b => b < positions.Length ? positions[b].Length : 0)]);
        int[] lengths = Array.ConvertAll(positions, list => list.Length);
        RequireLengths(batch, Ids, ids, lengths);
        RequireLengths(batch, Weights, weights ?? [.. lengths.Select(length => new double[length])], lengths);
        for (int b = 0; b < layout.Count; b++)
        {
            RequireBelow(batch, $"{Positions}[{b}]", positions[b], layout.Rows(b));
            RequireBelow(batch, $"{Ids}[{b}]", ids[b], vocabSize);
        }

        return MaskedLmTargets.Google(layout, positions, ids, weights);
    }

    private static void RequireLengths<T>(BatchFile batch, string key, T[][] lists, int[] lengths)
    {
        if (lists.Length != lengths.Length)
        {
            throw batch.Wrong($"{key} has {lists.Length} lists for {lengths.Length} sequences");
        }

        int b = Array.FindIndex([.. lists.Zip(lengths)], pair => pair.First.Length != pair.Second);
        if (b >= 0)
        {
            throw batch.Wrong($"{key}[{b}] has {lists[b].Length} numbers, {Positions}[{b}] has {lengths[b]}");
        }
    }

    private static void RequireBelow(BatchFile batch, string name, int[] values, int bound)
    {
        int i = Array.FindIndex(values, value => value < 0 || value >= bound);
        if (i >= 0)
        {
            throw batch.Wrong($"{name}[{i}] is {values[i]}, expected a number in [0, {bound})");
        }
    }
}
