// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void CrossEntropy(Tensor logits, IndexTensor labels, Tensor weights, Tensor loss, Tensor logSumExp)
    {
        (int rows, int classes) = (logits.Shape.Rows, logits.Shape.Columns);
        Span<double> x = Values(logits), w = Values(weights), lse = Values(logSumExp);
        double total = 0;
        for (int r = 0; r < rows; r++)
        {
            double max = double.NegativeInfinity, sum = 0;
            for (int c = 0; c < classes; c++)
            {
                max = Math.Max(max, x[(r * classes) + c]);
            }

            for (int c = 0; c < classes; c++)
            {
                sum += Math.Exp(x[(r * classes) + c] - max);
            }

            lse[r] = max + Math.Log(sum);
            total += w[r] == 0 ? 0 : w[r] * (lse[r] - x[(r * classes) + labels.Values[r]]);
        }

        Values(loss)[0] = total;
    }

    /// <inheritdoc/>
    public void CrossEntropyBackward(
        Tensor logits, IndexTensor labels, Tensor weights, Tensor logSumExp, Tensor dLoss, GradientTarget dLogits)
    {
        (int rows, int classes) = (logits.Shape.Rows, logits.Shape.Columns);
        Span<double> x = Values(logits), w = Values(weights), lse = Values(logSumExp), dX = Gradient(dLogits);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < classes && w[r] != 0; c++)
            {
                double target = c == labels.Values[r] ? 1 : 0;
                dX[(r * classes) + c] += Values(dLoss)[0] * w[r] * (Math.Exp(x[(r * classes) + c] - lse[r]) - target);
            }
        }
    }
}
