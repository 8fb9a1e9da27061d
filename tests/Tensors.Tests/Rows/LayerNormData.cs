// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

/// <summary>Random inputs of a layer normalization, and its results in double, straight from the formulas.</summary>
internal sealed class LayerNormData
{
    private const double Epsilon = 1e-12;

    private readonly Shape _shape;
    private readonly float[] _x;
    private readonly float[] _gamma;
    private readonly float[] _beta;
    private readonly float[] _dY;

    public LayerNormData(int rows, int columns, double shift)
    {
        var random = new Random((rows * 10007) + columns);
        _shape = new Shape(rows, columns);
        _x = Case.Normal(random, rows * columns, 1.5, shift);
        _gamma = Case.Normal(random, columns, 0.3, 1);
        _beta = Case.Normal(random, columns, 0.2);
        _dY = Case.Normal(random, rows * columns);
        (Mean, Rstd, Y) = (new double[rows], new double[rows], new double[rows * columns]);
        (DX, DGamma, DBeta) = (new double[rows * columns], new double[columns], new double[columns]);
        for (int r = 0; r < rows; r++)
        {
            Row(r, [.. _x.AsSpan(r * columns, columns).ToArray().Select(x => (double)x)]);
        }
    }

    public double[] Mean { get; }

    public double[] Rstd { get; }

    public double[] Y { get; }

    public double[] DX { get; }

    public double[] DGamma { get; }

    public double[] DBeta { get; }

    public void Forward(CpuBackend backend, Tensor y, Tensor mean, Tensor rstd) => backend.LayerNorm(
        backend.Upload(_shape, _x), backend.Vector(_gamma), backend.Vector(_beta), Epsilon, y, mean, rstd);

    public void Backward(CpuBackend backend, GradientTarget? dX, GradientTarget? dGamma, GradientTarget? dBeta)
    {
        Tensor mean = backend.Vector([.. Mean.Select(m => (float)m)]), rstd = backend.Vector([.. Rstd.Select(s => (float)s)]);
        backend.LayerNormBackward(
            backend.Upload(_shape, _x), backend.Vector(_gamma), mean, rstd, backend.Upload(_shape, _dY), dX, dGamma, dBeta);
    }

    private void Row(int r, double[] row)
    {
        Mean[r] = row.Average();
        Rstd[r] = 1 / Math.Sqrt(row.Average(x => (x - Mean[r]) * (x - Mean[r])) + Epsilon);
        double[] normal = [.. row.Select(x => (x - Mean[r]) * Rstd[r])];
        double[] dY = [.. Enumerable.Range(0, row.Length).Select(h => (double)_dY[(r * row.Length) + h])];
        double meanG = dY.Select((d, h) => d * _gamma[h]).Average();
        double meanWeighted = dY.Select((d, h) => d * _gamma[h] * normal[h]).Average();
        for (int h = 0; h < row.Length; h++)
        {
            Y[(r * row.Length) + h] = (normal[h] * _gamma[h]) + _beta[h];
            DX[(r * row.Length) + h] = Rstd[r] * ((dY[h] * _gamma[h]) - meanG - (normal[h] * meanWeighted));
            DGamma[h] += dY[h] * normal[h];
            DBeta[h] += dY[h];
        }
    }
}
