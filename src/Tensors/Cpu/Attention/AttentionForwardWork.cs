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
        int sequence = piece / heads.Heads, rows = heads.Layout.Queries(sequence), keys = heads.Layout.Keys(sequence);
        int padded = AttentionHeads.Padded<V>(keys), size = heads.HeadSize;
        float* scores = scratch.Floats(AttentionHeads.WorkFloats<V>(rows, keys, size));
        float* work = scores + ((long)rows * padded);
        BlockProduct<V>.Run(
            new Product
            {
                A = heads.QueryView(query, piece),
                B = heads.View(key, piece).Transposed,
                C = scores,
                CStride = padded,
                Rows = rows,
                Columns = padded,
                BColumns = keys,
                Depth = size,
            },
            work);
        float* dropped = SoftmaxAndDropout(scores, rows, keys, padded, piece);
        BlockProduct<V>.Run(
            new Product
            {
                A = MatrixView.RowMajor(dropped, keys),
                B = heads.View(value, piece),
                C = heads.QueryView(context, piece).Data,
                CStride = heads.Hidden,
                Rows = rows,
                Columns = size,
                Depth = keys,
            },
            work);
    }

    /// <summary>Computes the probabilities; gives back where the context shall take them from, [rows, keys].</summary>
    private float* SoftmaxAndDropout(float* scores, int rows, int keys, int padded, int piece)
    {
        // Where nobody wants them they take the place of the scores: a row never reaches a later row's scores.
        float* p = probs is null ? scores : probs + heads.ProbabilityStart(piece);
        SoftmaxRows<V>.Forward(scores, padded, rows, keys, heads.Scale, p);
        if (heads.Dropout is not { } mask)
        {
            return p;
        }

        heads.Drop<V>(mask, piece, p, scores, stride: keys);
        return scores;
    }
}
