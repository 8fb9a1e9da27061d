// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

public class LayerNormTests
{
    private const double Epsilon = 1e-12;

    private static readonly (int Rows, int Columns)[] Sizes =
        [(1, 1), (2, 3), (3, 15), (5, 16), (7, 17), (32, 64), (33, 65), (65, 127), (100, 384), (70, 1027)];

    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void LayerNorm_OfAllSizes_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach ((int rows, int columns) in Sizes)
        {
            var data = new LayerNormData(rows, columns, shift: 0.5);
            Tensor mean = backend.Poisoned(new Shape(rows)), rstd = backend.Poisoned(new Shape(rows));
            float[] y = backend.Output(rows * columns, y => data.Forward(backend, y, mean, rstd));
            Case.AssertNear(data.Mean, backend.Download(mean), 1e-7, 2e-7, "mean");
            Case.AssertNear(data.Rstd, backend.Download(rstd), columns == 1 ? 0 : 5e-6, 1e-6, "rstd");
            Case.AssertNear(data.Y, y, 1e-6, columns < 4 ? 2e-5 : 3e-6, $"y {rows}×{columns}");
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void LayerNorm_OfRowsFarFromZero_LosesNoMoreThanTheInputHas(SimdLevel level)
    {
        using var backend = new CpuBackend(1, level);
        var data = new LayerNormData(20, 768, shift: 1000);
        Tensor mean = backend.Poisoned(new Shape(20)), rstd = backend.Poisoned(new Shape(20));
        float[] y = backend.Output(20 * 768, y => data.Forward(backend, y, mean, rstd));
        Case.AssertNear(data.Rstd, backend.Download(rstd), 1e-6, 0, "rstd");

        // The mean is a float32 of about 1000: half an ulp of it is 3.1e-5, and y moves by that times rstd times gamma.
        Case.AssertNear(data.Mean, backend.Download(mean), 0, 3.2e-5, "mean");
        Case.AssertNear(data.Y, y, 1e-6, 5e-5, "y");
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void LayerNorm_OfConstantRows_IsBeta(SimdLevel level)
    {
        using var backend = new CpuBackend(1, level);
        float[] values = [0f, 0.75f, -1234567.9f, 0.1f, 1e15f];
        float[] gamma = Case.Normal(new Random(1), 41), beta = Case.Normal(new Random(2), 41);
        Tensor mean = backend.Poisoned(new Shape(5)), rstd = backend.Poisoned(new Shape(5));
        Tensor x = backend.Upload(new Shape(5, 41), [.. values.SelectMany(value => Enumerable.Repeat(value, 41))]);
        Tensor scale = backend.Vector(gamma), shift = backend.Vector(beta);
        float[] y = backend.Output(5 * 41, y => backend.LayerNorm(x, scale, shift, Epsilon, y, mean, rstd));
        Assert.Equal(Enumerable.Repeat(beta, 5).SelectMany(row => row), y);
        Assert.Equal(values, backend.Download(mean));
        Assert.All(backend.Download(rstd), r => Assert.InRange(r, 1f, 1e6f));
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void LayerNormBackward_OfAllSizes_IsTheFormula(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach ((int rows, int columns) in Sizes.Where(size => size.Columns > 3))
        {
            var data = new LayerNormData(rows, columns, shift: 0.5);
            Case.AssertNear(
                data.DX, backend.Gradient(rows * columns, dX => data.Backward(backend, dX, null, null)), 2e-6, 8e-6, "dX");
            Case.AssertNear(
                data.DGamma, backend.Gradient(columns, dGamma => data.Backward(backend, null, dGamma, null)), 1e-6, 1e-5, "dGamma");
            Case.AssertNear(
                data.DBeta, backend.Gradient(columns, dBeta => data.Backward(backend, null, null, dBeta)), 1e-6, 1e-5, "dBeta");
            backend.ResetStep();
        }
    }

    [Fact]
    public void LayerNormBackward_OfAllThree_GivesTheBitsOfEachAlone()
    {
        using var backend = new CpuBackend(2);
        var data = new LayerNormData(100, 77, shift: 0);
        Tensor dX = backend.Poisoned(new Shape(100, 77)), dGamma = backend.Poisoned(new Shape(77)), dBeta = backend.Poisoned(new Shape(77));
        data.Backward(backend, new(dX, false), new(dGamma, false), new(dBeta, false));
        HostArrays.AssertSameBits(backend.Gradient(7700, d => data.Backward(backend, d, null, null)), backend.Download(dX), "dX");
        HostArrays.AssertSameBits(backend.Gradient(77, d => data.Backward(backend, null, d, null)), backend.Download(dGamma), "dGamma");
        HostArrays.AssertSameBits(backend.Gradient(77, d => data.Backward(backend, null, null, d)), backend.Download(dBeta), "dBeta");
    }

    [Fact]
    public void LayerNormBackward_OfNoRows_OverwritesWithZeros()
    {
        using var backend = new CpuBackend(2);
        var data = new LayerNormData(0, 20, shift: 0);
        Assert.Equal(new float[20], backend.Gradient(20, dGamma => data.Backward(backend, null, dGamma, null)));
    }
}
