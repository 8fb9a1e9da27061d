// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Relu(Tensor x, Tensor y)
    {
        Span<double> input = Values(x), output = Values(y);
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = Math.Max(input[i], 0);
        }
    }

    /// <inheritdoc/>
    public void ReluBackward(Tensor x, Tensor dY, GradientTarget dX)
    {
        Span<double> input = Values(x), dOutput = Values(dY), dInput = Gradient(dX);
        for (int i = 0; i < dInput.Length; i++)
        {
            dInput[i] += input[i] > 0 ? dOutput[i] : 0;
        }
    }
}
