// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public void LayerNorm(Tensor x, Tensor gamma, Tensor beta, double epsilon, Tensor y, Tensor mean, Tensor rstd)
    {
        (int rows, int hidden) = (x.Shape.Rows, x.Shape.Columns);
        Span<double> scale = Values(gamma), shift = Values(beta), means = Values(mean), rstds = Values(rstd);
        for (int r = 0; r < rows; r++)
        {
            Span<double> input = Values(x).Slice(r * hidden, hidden), output = Values(y).Slice(r * hidden, hidden);
            double sum = 0, squares = 0;
            for (int h = 0; h < hidden; h++)
            {
                sum += input[h];
            }

            means[r] = sum / hidden;
            for (int h = 0; h < hidden; h++)
            {
                squares += (input[h] - means[r]) * (input[h] - means[r]);
            }

            rstds[r] = 1 / Math.Sqrt((squares / hidden) + epsilon);
            for (int h = 0; h < hidden; h++)
            {
                output[h] = ((input[h] - means[r]) * rstds[r] * scale[h]) + shift[h];
            }
        }
    }

    /// <inheritdoc/>
    public void LayerNormBackward(
        Tensor x, Tensor gamma, Tensor mean, Tensor rstd, Tensor dY, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta)
    {
        (int rows, int hidden) = (x.Shape.Rows, x.Shape.Columns);
        Span<double> scale = Values(gamma), dInput = Gradient(dX), dScale = Gradient(dGamma), dShift = Gradient(dBeta);
        for (int r = 0; r < rows; r++)
        {
            Span<double> input = Values(x).Slice(r * hidden, hidden), dOutput = Values(dY).Slice(r * hidden, hidden);
            (double rowMean, double rowRstd) = (Values(mean)[r], Values(rstd)[r]);
            double meanG = 0, meanGx = 0;
            for (int h = 0; h < hidden; h++)
            {
                double normalised = (input[h] - rowMean) * rowRstd;
                meanG += dOutput[h] * scale[h] / hidden;
                meanGx += dOutput[h] * scale[h] * normalised / hidden;
            }

            for (int h = 0; h < hidden; h++)
            {
                double normalised = (input[h] - rowMean) * rowRstd;
                if (dX is not null)
                {
                    dInput[(r * hidden) + h] += rowRstd * ((dOutput[h] * scale[h]) - meanG - (normalised * meanGx));
                }

                if (dGamma is not null)
                {
                    dScale[h] += dOutput[h] * normalised;
                }

                if (dBeta is not null)
                {
                    dShift[h] += dOutput[h];
                }
            }
        }
    }
}
