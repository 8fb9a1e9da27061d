// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>The tokens that a masked LM has to find.</summary>
/// <param name="Rows">Where they are among the packed rows, [P].</param>
/// <param name="Ids">Which they are, [P].</param>
/// <param name="Weights">What each one's loss counts, normalised, [P].</param>
public sealed record MaskedLmTargets(IndexTensor Rows, IndexTensor Ids, double[] Weights)
{
    /// <summary>Google adds this to the sum of weights, so that a batch without predictions has loss 0.</summary>
    /// <remarks>google-research/bert run_pretraining.py, get_masked_lm_output.</remarks>
    public const double Smoothing = 1e-5;

    /// <summary>Targets with Google's loss: Σ w·l / (Σ w + 1e-5) over the whole batch.</summary>
    /// <param name="layout">Of the batch.</param>
    /// <param name="positions">Positions within each sequence.</param>
    /// <param name="ids">Their tokens.</param>
    /// <param name="weights">1 for real predictions, 0 for unused slots; null for all 1.</param>
    /// <param name="wholeBatch">Σ w of the batch where these sequences are a part of it; null where they are all of it.</param>
    /// <exception cref="ArgumentException">A position is outside of its sequence.</exception>
    public static MaskedLmTargets Google(
        SequenceLayout layout, IReadOnlyList<int[]> positions, IReadOnlyList<int[]> ids, IReadOnlyList<double[]>? weights,
        double? wholeBatch = null)
    {
        double[] flat = weights is null ? [.. ids.SelectMany(row => row.Select(_ => 1.0))] : [.. weights.SelectMany(row => row)];
        double sum = (wholeBatch ?? flat.Sum()) + Smoothing;
        return new MaskedLmTargets(
            new IndexTensor([.. positions.SelectMany((row, b) => row.Select(p => Row(layout, b, p)))]),
            new IndexTensor([.. ids.SelectMany(row => row)]),
            Array.ConvertAll(flat, w => w / sum));
    }

    private static int Row(SequenceLayout layout, int sequence, int position) => (uint)position < (uint)layout.Rows(sequence)
        ? layout.Start(sequence) + position
        : throw new ArgumentException($"sequence {sequence} has {layout.Rows(sequence)} tokens, but a masked position is {position}");
}
