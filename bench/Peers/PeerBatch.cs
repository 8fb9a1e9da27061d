// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>Sequences of one step: random ids, padded.</summary>
/// <param name="Lengths">Real tokens of each sequence, [B].</param>
/// <param name="Width">What all are padded to, S.</param>
internal sealed record PeerBatch(int[] Lengths, int Width)
{
    /// <summary>Masked tokens of a sequence in pre-training.</summary>
    public const int Predictions = 20;

    /// <summary>Real tokens.</summary>
    public int Tokens => Lengths.Sum();

    /// <summary>The lengths that all sequences are computed with.</summary>
    public int[] PaddedLengths => [.. Lengths.Select(_ => Width)];

    /// <summary>The batch of a step: the same lengths in the same order as <c>bert bench --lengths</c> takes them.</summary>
    public static PeerBatch Of(PeerOptions options, int[]? allLengths, int step)
    {
        int batch = options.Number("batch", 8), seq = options.Number("seq", 128);
        int[] lengths = [.. Enumerable.Range(0, batch)
            .Select(i => allLengths is null ? seq : Math.Min(seq, allLengths[(((long)step * batch) + i) % allLengths.Length]))];
        return new PeerBatch(lengths, options.Text("pad") == "longest" ? lengths.Max() : seq);
    }

    /// <summary>The lengths of a file, one a line; null where none is named.</summary>
    public static int[]? ReadLengths(PeerOptions options) =>
        options.Text("lengths") is { } file ? [.. File.ReadLines(file).Select(line => int.Parse(line))] : null;
}
