// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void MeanSquaredError(Tensor x, Tensor targets, Tensor loss)
    {
        Span<double> predicted = Values(x), wanted = Values(targets);
        double sum = 0;
        for (int i = 0; i < predicted.Length; i++)
        {
            sum += (predicted[i] - wanted[i]) * (predicted[i] - wanted[i]);
        }

        Values(loss)[0] = sum / predicted.Length;
    }

    /// <inheritdoc/>
    public void MeanSquaredErrorBackward(Tensor x, Tensor targets, Tensor dLoss, GradientTarget dX)
    {
        Span<double> predicted = Values(x), wanted = Values(targets), dPredicted = Gradient(dX);
        for (int i = 0; i < predicted.Length; i++)
        {
            dPredicted[i] += Values(dLoss)[0] * 2 * (predicted[i] - wanted[i]) / predicted.Length;
        }
    }
}
