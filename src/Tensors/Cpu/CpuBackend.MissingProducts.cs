// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

// Kernels still to be written; each moves to a file of its own and this file goes.
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public void Fill(double value, Tensor y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Copy(Tensor x, GradientTarget y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Add(Tensor a, Tensor b, Tensor y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Gather(Tensor table, IndexTensor ids, Tensor y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void GatherBackward(IndexTensor ids, Tensor dY, GradientTarget dTable) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Attention(Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout, Tensor context, Tensor probs) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void AttentionBackward(Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout, Tensor probs, Tensor dContext, GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public double SumOfSquares(Tensor x) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void AdamWeightDecay(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void AdamW(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v) =>
        throw new NotImplementedException();
}
