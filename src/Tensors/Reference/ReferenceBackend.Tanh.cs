// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Tanh(Tensor x, Tensor y)
    {
        Span<double> input = Values(x), output = Values(y);
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Math.Tanh(input[i]);
        }
    }

    /// <inheritdoc/>
    public void TanhBackward(Tensor y, Tensor dY, GradientTarget dX)
    {
        Span<double> output = Values(y), dOutput = Values(dY), dInput = Gradient(dX);
        for (int i = 0; i < dInput.Length; i++)
        {
            dInput[i] += dOutput[i] * (1 - (output[i] * output[i]));
        }
    }
}
