// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;

namespace BertManaged.Cli;

/// <summary>Operations of the matrix products of a forward pass: 2·m·n·k of each, and nothing else.</summary>
/// <remarks>With R rows, B sequences of S rows (their real lengths), Q of them read after the last layer, P predicted rows, H hidden size,
/// F intermediate size, L layers, C classes and V tokens:
/// <code>
/// a layer      2 · 2·R·H·H  key, value
///            + 2 · 2·R·H·H  query, output
///            + 2 · 2·R·H·F  feed-forward, up and down
///            + 2 · Σ 2·S·S·H  q·kᵀ and p·v of all heads
/// last layer   2 · 2·R·H·H + (2 · 2·H·H + 2 · 2·H·F) · ΣQ + 2 · Σ 2·Q·S·H
/// encoder      (L − 1) · a layer + last layer
/// pooler       2·B·H·H
/// classifier   2·B·H·C
/// masked LM    2·P·H·H + 2·P·H·V
/// next sent.   2·B·H·2
/// </code>
/// That is what the model computes: in its last layer only rows that are read, each once, are more than keys and values. A training step is
/// three times that, as the way back has two products for each. Layers that are computed again do not count again.</remarks>
/// <param name="config">Sizes of the model.</param>
/// <param name="lengths">S: rows of each sequence, [B].</param>
/// <param name="read">Q: how many rows of each sequence a head reads, [B].</param>
internal sealed class ForwardFlops(BertConfig config, IReadOnlyList<int> lengths, IReadOnlyList<int> read)
{
    private int Sequences => lengths.Count;

    private long Hidden => config.HiddenSize;

    /// <summary>Encoder and pooler.</summary>
    public double Model => ((config.NumHiddenLayers - 1) * Layer(lengths)) + Layer(read) + Product(Sequences, Hidden, Hidden);

    /// <summary>Model and classifier.</summary>
    public double Classification(int classes) => Model + Product(Sequences, Hidden, classes);

    /// <summary>Model and both heads of pre-training.</summary>
    /// <param name="predictions">P.</param>
    public double PreTraining(int predictions) =>
        Model + Product(predictions, Hidden, Hidden) + Product(predictions, Hidden, config.VocabSize) + Product(Sequences, Hidden, 2);

    /// <summary>A training step.</summary>
    public static double Training(double forward) => 3 * forward;

    /// <summary>A layer in which some rows of each sequence ask.</summary>
    private double Layer(IReadOnlyList<int> queries)
    {
        long rows = Sum(lengths), asking = Sum(queries);
        double keysAndValues = 2 * Product(rows, Hidden, Hidden);
        double others = 2 * (Product(asking, Hidden, Hidden) + Product(asking, Hidden, config.IntermediateSize));
        return keysAndValues + others + lengths.Zip(queries, (keys, asks) => 2 * Product(asks, Hidden, keys)).Sum();
    }

    private static long Sum(IReadOnlyList<int> counts) => counts.Sum(count => (long)count);

    private static double Product(long m, long k, long n) => 2.0 * m * k * n;
}
