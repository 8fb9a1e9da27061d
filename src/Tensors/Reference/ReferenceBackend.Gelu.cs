// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

public sealed partial class ReferenceBackend
{
    private static readonly double SqrtTwoOverPi = Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public void Gelu(Tensor x, GeluForm form, Tensor y)
    {
        Span<double> input = Values(x), output = Values(y);
        for (int i = 0; i < output.Length; i++)
        {
            output[i] = input[i] * (form == GeluForm.Erf ? NormalCdf(input[i]) : 0.5 * (1 + Math.Tanh(TanhArgument(input[i]))));
        }
    }

    /// <inheritdoc/>
    public void GeluBackward(Tensor x, GeluForm form, Tensor dY, GradientTarget dX)
    {
        Span<double> input = Values(x), dOutput = Values(dY), dInput = Gradient(dX);
        for (int i = 0; i < dInput.Length; i++)
        {
            dInput[i] += dOutput[i] * (form == GeluForm.Erf ? GeluErfSlope(input[i]) : GeluTanhSlope(input[i]));
        }
    }

    /// <summary>Φ(x).</summary>
    private static double NormalCdf(double x) => 0.5 * (1 + DoubleErf.Erf(x / Math.Sqrt(2)));

    /// <summary>d/dx x·Φ(x) = Φ(x) + x·φ(x).</summary>
    private static double GeluErfSlope(double x) => NormalCdf(x) + (x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));

    private static double TanhArgument(double x) => SqrtTwoOverPi * (x + (0.044715 * x * x * x));

    private static double GeluTanhSlope(double x)
    {
        double t = Math.Tanh(TanhArgument(x));
        double dArgument = SqrtTwoOverPi * (1 + (3 * 0.044715 * x * x));
        return (0.5 * (1 + t)) + (0.5 * x * (1 - (t * t)) * dArgument);
    }
}
