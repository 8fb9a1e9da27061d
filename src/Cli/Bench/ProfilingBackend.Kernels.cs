// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Cli;

// Each kernel: what a call counts for, and the call.
internal sealed partial class ProfilingBackend
{
    public void Fill(double value, Tensor y)
    {
        using Call call = Moves(Sum(y));
        inner.Fill(value, y);
    }

    public void Copy(Tensor x, GradientTarget y)
    {
        using Call call = Moves(Sum(x) + To(y));
        inner.Copy(x, y);
    }

    public void Add(Tensor a, Tensor b, Tensor y)
    {
        using Call call = Moves(Sum(a, b, y));
        inner.Add(a, b, y);
    }

    public void Dropout(Tensor x, in DropoutMask mask, GradientTarget y)
    {
        using Call call = Moves(Sum(x) + To(y));
        inner.Dropout(x, mask, y);
    }

    public void Relu(Tensor x, Tensor y)
    {
        using Call call = Moves(Sum(x, y));
        inner.Relu(x, y);
    }

    public void ReluBackward(Tensor x, Tensor dY, GradientTarget dX)
    {
        using Call call = Moves(Sum(x, dY) + To(dX));
        inner.ReluBackward(x, dY, dX);
    }

    public void Tanh(Tensor x, Tensor y)
    {
        using Call call = Moves(Sum(x, y));
        inner.Tanh(x, y);
    }

    public void TanhBackward(Tensor y, Tensor dY, GradientTarget dX)
    {
        using Call call = Moves(Sum(y, dY) + To(dX));
        inner.TanhBackward(y, dY, dX);
    }

    public void Gelu(Tensor x, GeluForm form, Tensor y)
    {
        using Call call = Moves(Sum(x, y));
        inner.Gelu(x, form, y);
    }

    public void GeluBackward(Tensor x, GeluForm form, Tensor dY, GradientTarget dX)
    {
        using Call call = Moves(Sum(x, dY) + To(dX));
        inner.GeluBackward(x, form, dY, dX);
    }

    public void Gather(Tensor table, IndexTensor ids, Tensor y)
    {
        using Call call = Moves(Sum(y, y));
        inner.Gather(table, ids, y);
    }

    public void GatherBackward(IndexTensor ids, Tensor dY, IndexTensor? stale, GradientTarget dTable)
    {
        using Call call = Moves(Sum(dY, dY, dY) + (dTable.Accumulate ? 0 : Rows(dTable.Tensor, stale)));
        inner.GatherBackward(ids, dY, stale, dTable);
    }

    public void Linear(Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        using Call call = Multiplies(LinearFlops(x, weight));
        inner.Linear(x, weight, bias, y);
    }

    public void LinearBackward(Tensor x, Tensor weight, Tensor dY, GradientTarget? dX, GradientTarget? dWeight, GradientTarget? dBias)
    {
        using Call call = Multiplies(LinearFlops(x, weight) * (One(dX) + One(dWeight)));
        inner.LinearBackward(x, weight, dY, dX, dWeight, dBias);
    }

    public void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd)
    {
        using Call call = Moves(Sum(x, gamma, beta, y, mean, rstd));
        inner.LayerNorm(x, gamma, beta, epsilon, y, mean, rstd);
    }

    public void LayerNormBackward(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta)
    {
        using Call call = Moves(Sum(x, gamma, mean, rstd, dY) + To(dX) + To(dGamma) + To(dBeta));
        inner.LayerNormBackward(x, gamma, mean, rstd, dY, dX, dGamma, dBeta);
    }

    public void ResidualLayerNorm(
        Tensor x, Tensor residual, DropoutMask? dropout, Tensor gamma, Tensor beta, double epsilon, Tensor sum, Tensor y, Tensor mean,
        Tensor rstd)
    {
        using Call call = Moves(Sum(x, residual, gamma, beta, sum, y, mean, rstd));
        inner.ResidualLayerNorm(x, residual, dropout, gamma, beta, epsilon, sum, y, mean, rstd);
    }

    public void ResidualLayerNormBackward(
        Tensor sum, DropoutMask? dropout, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dResidual,
        GradientTarget? dGamma, GradientTarget? dBeta)
    {
        using Call call = Moves(Sum(sum, gamma, mean, rstd, dY) + To(dX) + To(dResidual) + To(dGamma) + To(dBeta));
        inner.ResidualLayerNormBackward(sum, dropout, gamma, mean, rstd, dY, dX, dResidual, dGamma, dBeta);
    }

    public void Attention(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor context, Tensor? probs)
    {
        using Call call = Multiplies(2 * AttentionFlops(layout, query));
        inner.Attention(query, key, value, layout, heads, scale, dropout, context, probs);
    }

    public void AttentionBackward(
        Tensor query, Tensor key, Tensor value, SequenceLayout layout, int heads, double scale, DropoutMask? dropout,
        Tensor probs, Tensor dContext, GradientTarget? dQuery, GradientTarget? dKey, GradientTarget? dValue)
    {
        using Call call = Multiplies(AttentionFlops(layout, query) * (1 + One(dQuery) + One(dKey) + One(dValue)));
        inner.AttentionBackward(query, key, value, layout, heads, scale, dropout, probs, dContext, dQuery, dKey, dValue);
    }

    public void CrossEntropy(Tensor logits, IndexTensor labels, Tensor weights, Tensor loss, Tensor logSumExp)
    {
        using Call call = Moves(Sum(logits, weights, loss, logSumExp));
        inner.CrossEntropy(logits, labels, weights, loss, logSumExp);
    }

    public void CrossEntropyBackward(
        Tensor logits, IndexTensor labels, Tensor weights, Tensor logSumExp, Tensor dLoss, GradientTarget dLogits)
    {
        using Call call = Moves(Sum(logits, weights, logSumExp, dLoss) + To(dLogits));
        inner.CrossEntropyBackward(logits, labels, weights, logSumExp, dLoss, dLogits);
    }

    public void MeanSquaredError(Tensor x, Tensor targets, Tensor loss)
    {
        using Call call = Moves(Sum(x, targets, loss));
        inner.MeanSquaredError(x, targets, loss);
    }

    public void MeanSquaredErrorBackward(Tensor x, Tensor targets, Tensor dLoss, GradientTarget dX)
    {
        using Call call = Moves(Sum(x, targets, dLoss) + To(dX));
        inner.MeanSquaredErrorBackward(x, targets, dLoss, dX);
    }

    public void ArgMax(Tensor x, Span<int> columns)
    {
        using Call call = Moves(Sum(x));
        inner.ArgMax(x, columns);
    }

    public double SumOfSquares(Tensor x, IndexTensor? rows)
    {
        using Call call = Moves(Rows(x, rows));
        return inner.SumOfSquares(x, rows);
    }

    public void AdamWeightDecay(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v)
    {
        using Call call = Moves(Sum(gradient, parameter, parameter, m, m, v, v));
        inner.AdamWeightDecay(gradient, step, parameter, m, v);
    }

    public void AdamW(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v)
    {
        using Call call = Moves(Sum(gradient, parameter, parameter, m, m, v, v));
        inner.AdamW(gradient, step, parameter, m, v);
    }
}
