// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

/// <summary>ReLU, tanh and the squared error.</summary>
public class ElementwiseTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Relu_OfAllLengths_IsExact(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach (int length in Case.Lengths)
        {
            float[] x = Case.Normal(new Random(length), length), dY = Case.Normal(new Random(-length), length);
            Tensor input = backend.Vector(x), gradient = backend.Vector(dY);
            Assert.Equal(x.Select(a => a > 0 ? a : 0), backend.Output(length, y => backend.Relu(input, y)));
            Assert.Equal(
                x.Zip(dY, (a, d) => a > 0 ? d : 0), backend.Gradient(length, dX => backend.ReluBackward(input, gradient, dX)));
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Relu_OfZerosAndNaN_GivesPlusZeroAndNaN(SimdLevel level)
    {
        using var backend = new CpuBackend(1, level);
        float[] x = [0f, -0f, float.NaN, float.NegativeInfinity, float.PositiveInfinity];
        Tensor input = backend.Vector(x), ones = backend.Vector([1f, 1f, 1f, 1f, 1f]);
        float[] y = backend.Output(5, y => backend.Relu(input, y));
        HostArrays.AssertSameBits([0f, 0f, y[2], 0f, float.PositiveInfinity], y, "relu");
        Assert.True(float.IsNaN(y[2]));
        Assert.Equal([0f, 0f, 0f, 0f, 1f], backend.Gradient(5, dX => backend.ReluBackward(input, ones, dX)));
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Tanh_OfAllLengths_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach (int length in Case.Lengths)
        {
            float[] x = Case.Normal(new Random(length), length, 2), dY = Case.Normal(new Random(-length), length);
            Tensor input = backend.Vector(x), gradient = backend.Vector(dY);
            float[] y = backend.Output(length, y => backend.Tanh(input, y));
            Case.AssertNear(x.Select(a => Math.Tanh(a)), y, 1.3e-7, 0, "tanh");

            Tensor output = backend.Vector(y);
            Case.AssertNear(
                y.Zip(dY, (a, d) => d * (1 - ((double)a * a))),
                backend.Gradient(length, dX => backend.TanhBackward(output, gradient, dX)), 1.3e-7, 0, "slope");
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void MeanSquaredError_OfAllLengths_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach (int length in Case.Lengths)
        {
            float[] x = Case.Normal(new Random(length), length), targets = Case.Normal(new Random(-length), length, 2);
            Tensor input = backend.Vector(x), goal = backend.Vector(targets), dLoss = backend.Vector([0.7f]);
            double expected = x.Zip(targets, (a, t) => ((double)a - t) * ((double)a - t)).Sum() / length;
            Case.AssertNear([expected], backend.Output(1, loss => backend.MeanSquaredError(input, goal, loss)), 6e-8, 0, "loss");
            Case.AssertNear(
                x.Zip(targets, (a, t) => 0.7f * 2.0 * ((double)a - t) / length),
                backend.Gradient(length, dX => backend.MeanSquaredErrorBackward(input, goal, dLoss, dX)), 2e-7, 0, "gradient");
            backend.ResetStep();
        }
    }
}
