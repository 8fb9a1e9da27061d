// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Attention of one head of one sequence: scores, softmax, dropout and context while they are in the cache.</summary>
internal readonly unsafe struct AttentionForwardWork<V>(
    AttentionHeads heads, float* query, float* key, float* value, float* context, float* probs) : IWork
    where V : unmanaged, ISimd<V>
{
    /// <inheritdoc/>
    public void Run(int piece, Scratch scratch)
    {
        int sequence = piece / heads.Heads, rows = heads.Layout.Rows(sequence), keys = heads.Layout.Keys(sequence);
        int padded = AttentionHeads.Padded<V>(keys), size = heads.HeadSize;
        float* scores = scratch.Floats(AttentionHeads.WorkFloats<V>(rows, keys, size));
        float* work = scores + ((long)rows * padded);
        BlockProduct<V>.Run(
            new Product
            {
                A = heads.View(query, piece),
                B = heads.View(key, piece).Transposed,
                C = scores,
                CStride = padded,
                Rows = rows,
                Columns = padded,
                BColumns = keys,
                Depth = size,
            },
            work);
        float* dropped = SoftmaxAndDropout(scores, rows, keys, padded, heads.ProbabilityStart(piece));
        BlockProduct<V>.Run(
            new Product
            {
                A = MatrixView.RowMajor(dropped, dropped == scores ? padded : keys),
                B = heads.View(value, piece),
                C = heads.View(context, piece).Data,
                CStride = heads.Hidden,
                Rows = rows,
                Columns = size,
                Depth = keys,
            },
            work);
    }

    /// <summary>Writes the probabilities; gives back where the context shall take them from.</summary>
    private float* SoftmaxAndDropout(float* scores, int rows, int keys, int padded, long start)
    {
        for (int i = 0; i < rows; i++)
        {
            long first = start + ((long)i * keys);
            float* row = scores + ((long)i * padded);
            SoftmaxRow<V>.Forward(row, keys, heads.Scale, probs + first);
            if (heads.Dropout is { } mask)
            {
                DropoutRow.Apply<V>(mask, first, probs + first, row, keys, add: false);
            }
        }

        return heads.Dropout is null ? probs + start : scores;
    }
}
