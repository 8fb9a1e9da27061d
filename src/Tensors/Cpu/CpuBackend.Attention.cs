// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <inheritdoc/>
    public void Attention(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor context, Tensor? probs)
    {
        AttentionHeads pieces = Heads(query, layout, heads, scale, dropout);
        Simd.Run(Level, new AttentionForward(
            _pool, pieces, Pointer(query), Pointer(key), Pointer(value), Pointer(context), probs is null ? null : Pointer(probs)));
    }

    /// <inheritdoc/>
    public void AttentionBackward(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor probs, Tensor dContext, GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue)
    {
        AttentionHeads pieces = Heads(query, layout, heads, scale, dropout);
        Simd.Run(Level, new AttentionGradients(
            _pool, pieces, Pointer(query), Pointer(key), Pointer(value), Pointer(probs), Pointer(dContext), dQuery, dKey, dValue));
    }

    private static AttentionHeads Heads(Tensor query, SequenceLayout layout, int heads, double scale, DropoutMask? dropout) => new()
    {
        Layout = layout,
        Heads = heads,
        Hidden = query.Shape.Columns,
        Scale = (float)scale,
        Dropout = dropout,
    };

    private readonly struct AttentionForward(
        WorkerPool pool, AttentionHeads pieces, float* query, float* key, float* value, float* context, float* probs) : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V> =>
            pool.Run(pieces.Count, new AttentionForwardWork<V>(pieces, query, key, value, context, probs), pieces.AreSmall);
    }

    private readonly struct AttentionGradients(
        WorkerPool pool, AttentionHeads pieces, float* query, float* key, float* value, float* probs, float* dContext,
        GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue) : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V> =>
            pool.Run(
                pieces.Count,
                new AttentionBackwardWork<V>(pieces, query, key, value, probs, dContext, dQuery, dKey, dValue),
                pieces.AreSmall);
    }
}
