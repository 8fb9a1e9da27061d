// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The pieces of attention: each sequence with each head is one of its own.</summary>
internal readonly unsafe struct AttentionHeads
{
    /// <summary>Where the sequences are.</summary>
    public required SequenceLayout Layout { get; init; }

    /// <summary>Number of heads, N.</summary>
    public required int Heads { get; init; }

    /// <summary>Columns of query, key, value: H.</summary>
    public required int Hidden { get; init; }

    /// <summary>What the scores are multiplied by.</summary>
    public required float Scale { get; init; }

    /// <summary>Over the elements of the probabilities, or null.</summary>
    public required DropoutMask? Dropout { get; init; }

    /// <summary>Columns of a head, D.</summary>
    public int HeadSize => Hidden / Heads;

    /// <summary>Number of pieces.</summary>
    public int Count => Layout.Count * Heads;

    /// <summary>Whether all pieces together are less work than a thread is worth.</summary>
    public bool AreSmall => Layout.ProbabilitiesPerHead * Hidden < Blocking.PieceCost;

    /// <summary>The part of a [Q, H] matrix that belongs to a piece: [queries, D].</summary>
    public MatrixView QueryView(float* matrix, int piece) =>
        MatrixView.RowMajor(matrix, Hidden).From(Layout.QueryStart(piece / Heads), piece % Heads * HeadSize);

    /// <summary>The part of a [R, H] matrix that belongs to a piece: [rows, D].</summary>
    public MatrixView View(float* matrix, int piece) =>
        MatrixView.RowMajor(matrix, Hidden).From(Layout.Start(piece / Heads), piece % Heads * HeadSize);

    /// <summary>Where the probabilities [queries, keys] of a piece begin.</summary>
    public long ProbabilityStart(int piece)
    {
        int sequence = piece / Heads;
        return Layout.ProbabilityStart(sequence, Heads) + ((long)(piece % Heads) * Layout.Queries(sequence) * Layout.Keys(sequence));
    }

    /// <summary>Drops probabilities of a piece, or their gradients: [queries, keys], its rows <paramref name="stride"/> floats
    /// apart.</summary>
    public void Drop<V>(in DropoutMask mask, int piece, float* x, float* y, int stride)
        where V : unmanaged, ISimd<V>
    {
        int sequence = piece / Heads, queries = Layout.Queries(sequence), keys = Layout.Keys(sequence);
        if (Layout.QueryRows is null && stride == keys)
        {
            DropoutRow.Apply<V>(mask, Layout.ProbabilityNumber(sequence, Heads, piece % Heads, 0), x, y, queries * keys, addend: null);
            return;
        }

        for (int i = 0; i < queries; i++)
        {
            long number = Layout.ProbabilityNumber(sequence, Heads, piece % Heads, i), at = (long)i * stride;
            DropoutRow.Apply<V>(mask, number, x + at, y + at, keys, addend: null);
        }
    }

    /// <summary>Drops the gradients of the probabilities of a piece, and the probabilities themselves, by one draw.</summary>
    /// <param name="mask">Which are dropped.</param>
    /// <param name="piece">Number of the piece.</param>
    /// <param name="gradient">[queries, keys] with rows <paramref name="stride"/> floats apart; overwritten.</param>
    /// <param name="stride">Of the gradient.</param>
    /// <param name="probs">[queries, keys].</param>
    /// <param name="dropped">Destination, [queries, keys].</param>
    public void DropBoth<V>(in DropoutMask mask, int piece, float* gradient, int stride, float* probs, float* dropped)
        where V : unmanaged, ISimd<V>
    {
        int sequence = piece / Heads, queries = Layout.Queries(sequence), keys = Layout.Keys(sequence);
        for (int i = 0; i < queries; i++)
        {
            float* row = gradient + ((long)i * stride);
            long number = Layout.ProbabilityNumber(sequence, Heads, piece % Heads, i), at = (long)i * keys;
            DropoutRow.ApplyTwice<V>(mask, number, row, row, probs + at, dropped + at, keys);
        }
    }

    /// <summary>Floats of working memory of a piece: a padded matrix [queries, keys], then that of its products.</summary>
    public static long WorkFloats<V>(int queries, int keys, int headSize)
        where V : unmanaged, ISimd<V> =>
        ((long)queries * Padded<V>(keys))
        + Math.Max(BlockProduct<V>.WorkFloats(keys, headSize), BlockProduct<V>.WorkFloats(headSize, Math.Max(queries, keys)));

    /// <summary>Columns of the padded matrix: whole tiles, so that none is cut.</summary>
    public static int Padded<V>(int keys)
        where V : unmanaged, ISimd<V> => Blocking.RoundUp(keys, RegisterTile<V>.Columns);
}
