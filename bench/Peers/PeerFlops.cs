// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;

namespace BertManaged.Peers;

/// <summary>Operations of the matrix products of a forward pass, 2·m·n·k of each, as a peer computes it: all rows in every layer.</summary>
/// <remarks><c>bert bench</c> counts less for the same step, since our last layer leaves out rows that no head reads. So each side's share
/// of the peak is of what it computes, and only times are put in relation.</remarks>
internal static class PeerFlops
{
    /// <summary>Encoder, pooler and a classification head.</summary>
    public static double Classification(BertConfig config, IReadOnlyList<int> lengths) =>
        Model(config, lengths) + Product(lengths.Count, config.HiddenSize, PeerModel.Classes);

    /// <summary>Encoder, pooler and both heads of pre-training.</summary>
    public static double PreTraining(BertConfig config, IReadOnlyList<int> lengths)
    {
        int predictions = lengths.Count * PeerBatch.Predictions;
        return Model(config, lengths) + Product(predictions, config.HiddenSize, config.HiddenSize)
            + Product(predictions, config.HiddenSize, config.VocabSize) + Product(lengths.Count, config.HiddenSize, 2);
    }

    private static double Model(BertConfig config, IReadOnlyList<int> lengths)
    {
        double rows = lengths.Sum(), hidden = config.HiddenSize;
        double dense = (4 * Product(rows, hidden, hidden)) + (2 * Product(rows, hidden, config.IntermediateSize));
        double attention = lengths.Sum(length => 2 * Product(length, hidden, length));
        return (config.NumHiddenLayers * (dense + attention)) + Product(lengths.Count, hidden, hidden);
    }

    private static double Product(double m, double k, double n) => 2 * m * k * n;
}
