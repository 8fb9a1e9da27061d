// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

/// <summary>Random inputs of a cross-entropy, and its results in double, straight from the formulas.</summary>
internal sealed class CrossEntropyData
{
    private const float DLoss = 0.7f;

    private readonly int _rows;
    private readonly int _columns;
    private readonly float[] _logits;
    private readonly int[] _labels;
    private readonly float[] _weights;

    public CrossEntropyData(int rows, int columns, double scale)
    {
        var random = new Random((rows * 10007) + columns);
        (_rows, _columns) = (rows, columns);
        _logits = Case.Normal(random, rows * columns, scale);
        _labels = [.. Enumerable.Range(0, rows).Select(_ => random.Next(columns))];
        _weights = [.. Enumerable.Range(0, rows).Select(_ => (float)(random.NextDouble() / rows))];
    }

    public double[] LogSumExp => [.. Enumerable.Range(0, _rows).Select(LogSumExpOf)];

    public double Loss => Enumerable.Range(0, _rows).Sum(r => _weights[r] * (LogSumExpOf(r) - Row(r)[_labels[r]]));

    public double[] Gradient => [.. Enumerable.Range(0, _rows).SelectMany(GradientRow)];

    public void Forward(CpuBackend backend, Tensor loss, Tensor logSumExp) =>
        backend.CrossEntropy(Logits(backend), new IndexTensor(_labels), backend.Vector(_weights), loss, logSumExp);

    public void Backward(CpuBackend backend, GradientTarget dLogits)
    {
        Tensor logSumExp = backend.Vector([.. LogSumExp.Select(l => (float)l)]), dLoss = backend.Vector([DLoss]);
        backend.CrossEntropyBackward(Logits(backend), new IndexTensor(_labels), backend.Vector(_weights), logSumExp, dLoss, dLogits);
    }

    private Tensor Logits(CpuBackend backend) => backend.Upload(new Shape(_rows, _columns), _logits);

    private double[] Row(int r) => [.. _logits.AsSpan(r * _columns, _columns).ToArray().Select(x => (double)x)];

    private double LogSumExpOf(int r)
    {
        double[] row = Row(r);
        double largest = row.Max();
        return largest + Math.Log(row.Sum(x => Math.Exp(x - largest)));
    }

    private IEnumerable<double> GradientRow(int r)
    {
        double logSumExp = LogSumExpOf(r);
        return Row(r).Select((x, c) => (double)DLoss * _weights[r] * (Math.Exp(x - logSumExp) - (c == _labels[r] ? 1 : 0)));
    }
}
