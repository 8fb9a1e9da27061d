// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using BertManaged.Tensors;

namespace BertManaged.Autograd.Tests;

/// <summary>Passes every call on and remembers its name. Written out, since spans cannot go through a dynamic proxy.</summary>
internal sealed class RecordingBackend(IBackend inner, HashSet<string> calls) : IBackend
{
    public string Name => inner.Name;

    public int ElementBytes => inner.ElementBytes;

    public long StepBytes => inner.StepBytes;

    public Tensor Allocate(Shape shape, Lifetime lifetime) => Seen().Allocate(shape, lifetime);

    public void Release(Tensor stepTensor) => Seen().Release(stepTensor);

    public void ResetStep() => Seen().ResetStep();

    public void CopyFromHost(ReadOnlySpan<double> source, Tensor y) => Seen().CopyFromHost(source, y);

    public void CopyFromHost(ReadOnlySpan<float> source, Tensor y) => Seen().CopyFromHost(source, y);

    public void CopyToHost(Tensor x, Span<double> destination) => Seen().CopyToHost(x, destination);

    public void CopyToHost(Tensor x, Span<float> destination) => Seen().CopyToHost(x, destination);

    public void Fill(double value, Tensor y) => Seen().Fill(value, y);

    public void Copy(Tensor x, GradientTarget y) => Seen().Copy(x, y);

    public void Add(Tensor a, Tensor b, Tensor y) => Seen().Add(a, b, y);

    public void Dropout(Tensor x, in DropoutMask mask, GradientTarget y) => Seen().Dropout(x, in mask, y);

    public void Relu(Tensor x, Tensor y) => Seen().Relu(x, y);

    public void ReluBackward(Tensor x, Tensor dY, GradientTarget dX) => Seen().ReluBackward(x, dY, dX);

    public void Tanh(Tensor x, Tensor y) => Seen().Tanh(x, y);

    public void TanhBackward(Tensor y, Tensor dY, GradientTarget dX) => Seen().TanhBackward(y, dY, dX);

    public void Gelu(Tensor x, GeluForm form, Tensor y) => Seen().Gelu(x, form, y);

    public void GeluBackward(Tensor x, GeluForm form, Tensor dY, GradientTarget dX) => Seen().GeluBackward(x, form, dY, dX);

    public void Gather(Tensor table, IndexTensor ids, Tensor y) => Seen().Gather(table, ids, y);

    public void GatherBackward(IndexTensor ids, Tensor dY, IndexTensor? stale, GradientTarget dTable) =>
        Seen().GatherBackward(ids, dY, stale, dTable);

    public void Linear(Tensor x, Tensor weight, Tensor? bias, Tensor y) => Seen().Linear(x, weight, bias, y);

    public void LinearBackward(Tensor x, Tensor weight, Tensor dY, GradientTarget? dX, GradientTarget? dWeight, GradientTarget? dBias) =>
        Seen().LinearBackward(x, weight, dY, dX, dWeight, dBias);

    public void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd) =>
        Seen().LayerNorm(x, gamma, beta, epsilon, y, mean, rstd);

    public void LayerNormBackward(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY,
        GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta) =>
        Seen().LayerNormBackward(x, gamma, mean, rstd, dY, dX, dGamma, dBeta);

    public void ResidualLayerNorm(
        Tensor x, Tensor residual, DropoutMask? dropout, Tensor gamma, Tensor beta, double epsilon, Tensor sum, Tensor y, Tensor mean,
        Tensor rstd) =>
        Seen().ResidualLayerNorm(x, residual, dropout, gamma, beta, epsilon, sum, y, mean, rstd);

    public void ResidualLayerNormBackward(
        Tensor sum, DropoutMask? dropout, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dResidual,
        GradientTarget? dGamma, GradientTarget? dBeta) =>
        Seen().ResidualLayerNormBackward(sum, dropout, gamma, mean, rstd, dY, dX, dResidual, dGamma, dBeta);

    public void Attention(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads,
        double scale, DropoutMask? dropout, Tensor context, Tensor? probs) =>
        Seen().Attention(query, key, value, layout, heads, scale, dropout, context, probs);

    public void AttentionBackward(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor probs, Tensor dContext, GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue) =>
        Seen().AttentionBackward(query, key, value, layout, heads, scale, dropout, probs, dContext, dQuery, dKey, dValue);

    public void CrossEntropy(Tensor logits, IndexTensor labels, Tensor weights, Tensor loss, Tensor logSumExp) =>
        Seen().CrossEntropy(logits, labels, weights, loss, logSumExp);

    public void CrossEntropyBackward(
        Tensor logits, IndexTensor labels, Tensor weights, Tensor logSumExp,
        Tensor dLoss, GradientTarget dLogits) =>
        Seen().CrossEntropyBackward(logits, labels, weights, logSumExp, dLoss, dLogits);

    public void MeanSquaredError(Tensor x, Tensor targets, Tensor loss) => Seen().MeanSquaredError(x, targets, loss);

    public void MeanSquaredErrorBackward(Tensor x, Tensor targets, Tensor dLoss, GradientTarget dX) =>
        Seen().MeanSquaredErrorBackward(x, targets, dLoss, dX);

    public void ArgMax(Tensor x, Span<int> columns) => Seen().ArgMax(x, columns);

    public double SumOfSquares(Tensor x, IndexTensor? rows) => Seen().SumOfSquares(x, rows);

    public void AdamWeightDecay(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v) =>
        Seen().AdamWeightDecay(gradient, in step, parameter, m, v);

    public void AdamW(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v) =>
        Seen().AdamW(gradient, in step, parameter, m, v);

    public void Dispose() => inner.Dispose();

    private IBackend Seen([CallerMemberName] string name = "")
    {
        calls.Add(name);
        return inner;
    }
}
