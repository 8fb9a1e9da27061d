// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;

namespace BertManaged.Cli;

/// <summary>Operations of the matrix products of a forward pass: 2·m·n·k of each, and nothing else.</summary>
/// <remarks>With R rows, B sequences of S rows (their real lengths), P predicted rows, H hidden size, F intermediate size, L layers,
/// C classes and V tokens:
/// <code>
/// encoder      L · (4 · 2·R·H·H  query, key, value, output
///                 + 2 · 2·R·H·F  feed-forward, up and down
///                 + 2 · Σ 2·S·S·H)  q·kᵀ and p·v of all heads
/// pooler       2·B·H·H
/// classifier   2·B·H·C
/// masked LM    2·P·H·H + 2·P·H·V
/// next sent.   2·B·H·2
/// </code>
/// It is the count of the plain forward pass over all rows, whatever a program leaves out or does twice: two programs that do the same
/// work are given the same count. A training step is three times that: the way back has two products for each.</remarks>
/// <param name="config">Sizes of the model.</param>
/// <param name="lengths">Rows of each sequence, [B].</param>
internal sealed class ForwardFlops(BertConfig config, IReadOnlyList<int> lengths)
{
    private long Hidden => config.HiddenSize;

    private long Rows => lengths.Sum(length => (long)length);

    /// <summary>Encoder and pooler.</summary>
    public double Model => (config.NumHiddenLayers * (Dense + Attention)) + Product(lengths.Count, Hidden, Hidden);

    private double Dense => (4 * Product(Rows, Hidden, Hidden)) + (2 * Product(Rows, Hidden, config.IntermediateSize));

    private double Attention => lengths.Sum(length => 2 * Product(length, Hidden, length));

    /// <summary>Model and classifier.</summary>
    public double Classification(int classes) => Model + Product(lengths.Count, Hidden, classes);

    /// <summary>Model and both heads of pre-training.</summary>
    /// <param name="predictions">P.</param>
    public double PreTraining(int predictions) =>
        Model + Product(predictions, Hidden, Hidden) + Product(predictions, Hidden, config.VocabSize) + Product(lengths.Count, Hidden, 2);

    /// <summary>A training step.</summary>
    public static double Training(double forward) => 3 * forward;

    private static double Product(long m, long k, long n) => 2.0 * m * k * n;
}
