// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

public class GeluTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Gelu_OfAllLengths_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach (int length in Case.Lengths)
        {
            float[] x = Case.Normal(new Random(length), length, 3);
            Tensor input = backend.Vector(x);
            Case.AssertNear(x.Select(Erf), backend.Output(length, y => backend.Gelu(input, GeluForm.Erf, y)), 6e-7, 1e-43, "erf");
            Case.AssertNear(x.Select(Tanh), backend.Output(length, y => backend.Gelu(input, GeluForm.Tanh, y)), 3e-7, 2e-8, "tanh");
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void GeluBackward_OfAllLengths_IsTheDerivative(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach (int length in Case.Lengths)
        {
            float[] x = Case.Normal(new Random(length), length, 3), dY = Case.Normal(new Random(-length), length);
            Tensor input = backend.Vector(x), gradient = backend.Vector(dY);
            Case.AssertNear(
                x.Zip(dY, (a, d) => ErfSlope(a) * d),
                backend.Gradient(length, dX => backend.GeluBackward(input, GeluForm.Erf, gradient, dX)), 3e-7, 3e-7, "erf");
            Case.AssertNear(
                x.Zip(dY, (a, d) => TanhSlope(a) * d),
                backend.Gradient(length, dX => backend.GeluBackward(input, GeluForm.Tanh, gradient, dX)), 3e-7, 3e-7, "tanh");
            backend.ResetStep();
        }
    }

    [Theory]
    [InlineData(GeluForm.Erf)]
    [InlineData(GeluForm.Tanh)]
    public void Gelu_FarOut_IsTheInputOrZeroWithSlopeOneOrZero(GeluForm form)
    {
        float[] x = [20f, 1e5f, 1e20f, 3e38f, -20f, -1e5f, -1e20f, -3e38f];
        foreach (SimdLevel level in Levels.All)
        {
            using var backend = new CpuBackend(1, level);
            Tensor input = backend.Vector(x), ones = backend.Vector([.. x.Select(_ => 1f)]);
            Assert.Equal(x.Select(a => Math.Max(a, 0f)), backend.Output(x.Length, y => backend.Gelu(input, form, y)));
            Assert.Equal(
                x.Select(a => a > 0 ? 1f : 0f), backend.Gradient(x.Length, dX => backend.GeluBackward(input, form, ones, dX)));
        }
    }

    [Theory]
    [InlineData(GeluForm.Erf)]
    [InlineData(GeluForm.Tanh)]
    public void Gelu_OfNaN_IsNaN(GeluForm form)
    {
        foreach (SimdLevel level in Levels.All)
        {
            using var backend = new CpuBackend(1, level);
            Tensor input = backend.Vector([float.NaN]), one = backend.Vector([1f]);
            Assert.True(float.IsNaN(backend.Output(1, y => backend.Gelu(input, form, y))[0]));
            Assert.True(float.IsNaN(backend.Gradient(1, dX => backend.GeluBackward(input, form, one, dX))[0]));
        }
    }

    private static double Erf(float x) => x * NormalReference.Cumulative(x);

    private static double ErfSlope(float x) => NormalReference.Cumulative(x) + (x * NormalReference.Density(x));

    private static double Inner(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double Tanh(float x) => 0.5 * x * (1 + Math.Tanh(Inner(x)));

    private static double TanhSlope(float x)
    {
        double tanh = Math.Tanh(Inner(x)), inner = Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x));
        return (0.5 * (1 + tanh)) + (0.5 * x * (1 - (tanh * tanh)) * inner);
    }
}
