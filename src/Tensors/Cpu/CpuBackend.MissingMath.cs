// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

// Kernels still to be written; each moves to a file of its own and this file goes.
public sealed partial class CpuBackend
{
    /// <inheritdoc/>
    public void Dropout(Tensor x, in DropoutMask mask, GradientTarget y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Relu(Tensor x, Tensor y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void ReluBackward(Tensor x, Tensor dY, GradientTarget dX) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Tanh(Tensor x, Tensor y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void TanhBackward(Tensor y, Tensor dY, GradientTarget dX) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void Gelu(Tensor x, GeluForm form, Tensor y) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void GeluBackward(Tensor x, GeluForm form, Tensor dY, GradientTarget dX) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void LayerNormBackward(Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void CrossEntropy(Tensor logits, IndexTensor labels, Tensor weights, Tensor loss, Tensor logSumExp) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void CrossEntropyBackward(Tensor logits, IndexTensor labels, Tensor weights, Tensor logSumExp, Tensor dLoss, GradientTarget dLogits) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void MeanSquaredError(Tensor x, Tensor targets, Tensor loss) =>
        throw new NotImplementedException();

    /// <inheritdoc/>
    public void MeanSquaredErrorBackward(Tensor x, Tensor targets, Tensor dLoss, GradientTarget dX) =>
        throw new NotImplementedException();
}
