// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void Linear(Tensor x, Tensor weight, Tensor? bias, Tensor y)
    {
        (int rows, int inputs, int outputs) = (x.Shape.Rows, x.Shape.Columns, weight.Shape[0]);
        Span<double> input = Values(x), w = Values(weight), b = bias is null ? [] : Values(bias), output = Values(y);
        for (int r = 0; r < rows; r++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double sum = 0;
                for (int i = 0; i < inputs; i++)
                {
                    sum += input[(r * inputs) + i] * w[(o * inputs) + i];
                }

                output[(r * outputs) + o] = bias is null ? sum : sum + b[o];
            }
        }
    }

    /// <inheritdoc/>
    public void LinearBackward(Tensor x, Tensor weight, Tensor dY, GradientTarget? dX, GradientTarget? dWeight, GradientTarget? dBias)
    {
        (int rows, int inputs, int outputs) = (x.Shape.Rows, x.Shape.Columns, weight.Shape[0]);
        Span<double> input = Values(x), w = Values(weight), dOutput = Values(dY);
        Span<double> dInput = Gradient(dX), dW = Gradient(dWeight), dB = Gradient(dBias);
        for (int r = 0; r < rows; r++)
        {
            for (int o = 0; o < outputs; o++)
            {
                double d = dOutput[(r * outputs) + o];
                for (int i = 0; i < inputs && dX is not null; i++)
                {
                    dInput[(r * inputs) + i] += d * w[(o * inputs) + i];
                }

                for (int i = 0; i < inputs && dWeight is not null; i++)
                {
                    dW[(o * inputs) + i] += d * input[(r * inputs) + i];
                }

                if (dBias is not null)
                {
                    dB[o] += d;
                }
            }
        }
    }
}
