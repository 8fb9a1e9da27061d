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
                A = MatrixView.RowMajor(dropped, keys),
                B = heads.View(value, piece),
                C = heads.View(context, piece).Data,
                CStride = heads.Hidden,
                Rows = rows,
                Columns = size,
                Depth = keys,
            },
            work);
    }

    /// <summary>Writes the probabilities; gives back where the context shall take them from, [rows, keys].</summary>
    private float* SoftmaxAndDropout(float* scores, int rows, int keys, int padded, long start)
    {
        float* p = probs + start;
        for (int i = 0; i < rows; i++)
        {
            SoftmaxRow<V>.Scale(scores + ((long)i * padded), keys, heads.Scale);
        }

        // A loop of its own: a register loaded right after parts of it were stored would wait for the stores.
        for (int i = 0; i < rows; i++)
        {
            SoftmaxRow<V>.Forward(scores + ((long)i * padded), keys, p + ((long)i * keys), room: (long)(rows - i) * keys);
        }

        if (heads.Dropout is not { } mask)
        {
            return p;
        }

        DropoutRow.Apply<V>(mask, start, p, scores, rows * keys, add: false);
        return scores;
    }
}
