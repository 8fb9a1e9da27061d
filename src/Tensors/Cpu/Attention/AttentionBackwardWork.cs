// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The gradients of attention of one head of one sequence.</summary>
internal readonly unsafe struct AttentionBackwardWork<V>(
    AttentionHeads heads, float* query, float* key, float* value, float* probs, float* dContext,
    GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue) : IWork
    where V : unmanaged, ISimd<V>
{
    /// <inheritdoc/>
    public void Run(int piece, Scratch scratch)
    {
        int sequence = piece / heads.Heads, rows = heads.Layout.Queries(sequence), keys = heads.Layout.Keys(sequence);
        int padded = AttentionHeads.Padded<V>(keys);
        long padding = (long)rows * padded;
        float* matrix = scratch.Floats(padding + AttentionHeads.WorkFloats<V>(rows, keys, heads.HeadSize));
        float* dropped = matrix + padding, work = dropped + padding;
        float* p = probs + heads.ProbabilityStart(piece);
        if (dQuery is not null || dKey is not null)
        {
            ScoreGradients(piece, p, rows, keys, padded, matrix, dropped, work);
        }
        else if (heads.Dropout is { } mask)
        {
            heads.Drop<V>(mask, piece, p, dropped, stride: keys);
        }

        var gradient = MatrixView.RowMajor(matrix, padded);
        if (dQuery is { } toQuery)
        {
            MultiplyInto(toQuery, heads.QueryView(Data(toQuery), piece), gradient, heads.View(key, piece), rows, keys, work);
        }

        if (dKey is { } toKey)
        {
            MultiplyInto(toKey, heads.View(Data(toKey), piece), gradient.Transposed, heads.QueryView(query, piece), keys, rows, work);
            ClearFurtherRows(toKey, piece);
        }

        // Last, as its argument is: the targets may be one and the same.
        if (dValue is { } toValue)
        {
            MatrixView weights = MatrixView.RowMajor(heads.Dropout is null ? p : dropped, keys).Transposed;
            MultiplyInto(toValue, heads.View(Data(toValue), piece), weights, heads.QueryView(dContext, piece), keys, rows, work);
            ClearFurtherRows(toValue, piece);
        }
    }

    /// <summary>The gradients of the products q·k, [rows, keys]; with dropout, the probabilities after it as well.</summary>
    private void ScoreGradients(int piece, float* p, int rows, int keys, int padded, float* matrix, float* dropped, float* work)
    {
        BlockProduct<V>.Run(
            new Product
            {
                A = heads.QueryView(dContext, piece),
                B = heads.View(value, piece).Transposed,
                C = matrix,
                CStride = padded,
                Rows = rows,
                Columns = padded,
                BColumns = keys,
                Depth = heads.HeadSize,
            },
            work);
        if (heads.Dropout is { } mask)
        {
            heads.DropBoth<V>(mask, piece, matrix, padded, p, dropped);
        }

        SoftmaxRows<V>.Backward(p, rows, keys, heads.Scale, matrix, padded);
    }

    private static float* Data(GradientTarget target) => CpuBackend.Pointer(target.Tensor);

    private void MultiplyInto(GradientTarget target, MatrixView to, MatrixView a, MatrixView b, int rows, int depth, float* work) =>
        BlockProduct<V>.Run(
            new Product
            {
                A = a,
                B = b,
                C = to.Data,
                CStride = heads.Hidden,
                Rows = rows,
                Columns = heads.HeadSize,
                Depth = depth,
                Add = target.Accumulate,
            },
            work);

    /// <summary>Rows that are no keys: nobody looks at them.</summary>
    private void ClearFurtherRows(GradientTarget target, int piece)
    {
        int sequence = piece / heads.Heads, rows = heads.Layout.Rows(sequence);
        MatrixView to = heads.View(Data(target), piece);
        for (int i = target.Accumulate ? rows : heads.Layout.Keys(sequence); i < rows; i++)
        {
            new Span<float>(to.From(i, 0).Data, heads.HeadSize).Clear();
        }
    }
}
