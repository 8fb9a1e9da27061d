// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>The real tokens of all sequences of a batch, one sequence after another.</summary>
public sealed class PackedBatch
{
    /// <summary>A batch whose every token is real.</summary>
    /// <param name="inputIds">Token ids of each sequence.</param>
    /// <param name="tokenTypeIds">Token types of each sequence, of the same lengths; null for all 0.</param>
    /// <exception cref="ArgumentException">A sequence is empty or has another number of types than of ids.</exception>
    public PackedBatch(IReadOnlyList<int[]> inputIds, IReadOnlyList<int[]>? tokenTypeIds = null)
        : this(inputIds, tokenTypeIds, new SequenceLayout([.. inputIds.Select(ids => ids.Length)]))
    {
    }

    /// <summary>A batch with rows that are no keys.</summary>
    /// <param name="inputIds">Token ids of each sequence.</param>
    /// <param name="tokenTypeIds">Token types of each sequence; null for all 0.</param>
    /// <param name="layout">Its rows are the lengths of the sequences.</param>
    public PackedBatch(IReadOnlyList<int[]> inputIds, IReadOnlyList<int[]>? tokenTypeIds, SequenceLayout layout)
    {
        for (int b = 0; b < inputIds.Count && tokenTypeIds is not null; b++)
        {
            if (tokenTypeIds.Count != inputIds.Count || tokenTypeIds[b].Length != inputIds[b].Length)
            {
                throw new ArgumentException(
                    $"sequence {b} has {inputIds[b].Length} ids but another number of token types", nameof(tokenTypeIds));
            }
        }

        Layout = layout;
        InputIds = new IndexTensor(Packed(inputIds, layout));
        TokenTypeIds = new IndexTensor(tokenTypeIds is null ? new int[layout.TotalRows] : Packed(tokenTypeIds, layout));
        PositionIds = new IndexTensor(layout.Positions());
    }

    /// <summary>Where each sequence begins.</summary>
    public SequenceLayout Layout { get; }

    /// <summary>Rows of the word table, [R].</summary>
    public IndexTensor InputIds { get; }

    /// <summary>Rows of the token type table, [R].</summary>
    public IndexTensor TokenTypeIds { get; }

    /// <summary>Rows of the position table, [R]; they restart at 0 in each sequence.</summary>
    public IndexTensor PositionIds { get; }

    private static int[] Packed(IReadOnlyList<int[]> sequences, SequenceLayout layout)
    {
        var packed = new int[layout.TotalRows];
        for (int b = 0; b < sequences.Count; b++)
        {
            sequences[b].CopyTo(packed, layout.Start(b));
        }

        return packed;
    }
}
