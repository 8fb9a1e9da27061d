// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>The matrix products of a linear layer, against three nested loops.</summary>
[MemoryDiagnoser]
public class LinearBench : IDisposable
{
    private CpuBackend _backend = null!;
    private Tensor _x = null!, _weight = null!, _bias = null!, _y = null!, _dX = null!, _dWeight = null!, _dBias = null!;
    private float[] _hostX = [], _hostWeight = [], _hostY = [];

    /// <summary>Rows × inputs × outputs: a packed batch of MRPC and a sentence through the layers of MiniLM-L12, BERT-base's
    /// feed-forward.</summary>
    [Params("1700x384x1536", "1700x1536x384", "1700x384x384", "512x768x3072", "12x384x1536", "1x384x1536")]
    public string Shape { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int[] lengths = [.. Shape.Split('x').Select(int.Parse)];
        (int rows, int inputs, int outputs) = (lengths[0], lengths[1], lengths[2]);
        var random = new Random(1);
        _backend = new CpuBackend(Threads);
        (_x, _dX) = (New(random, rows, inputs), New(random, rows, inputs));
        (_weight, _dWeight) = (New(random, outputs, inputs), New(random, outputs, inputs));
        (_bias, _dBias, _y) = (New(random, 1, outputs), New(random, 1, outputs), New(random, rows, outputs));
        (_hostX, _hostWeight, _hostY) = (new float[_x.Length], new float[_weight.Length], new float[_y.Length]);
        _backend.CopyToHost(_x, _hostX);
        _backend.CopyToHost(_weight, _hostWeight);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _backend.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void ThreeLoops()
    {
        int inputs = _x.Shape[1], outputs = _y.Shape[1];
        for (int r = 0; r < _x.Shape[0]; r++)
        {
            for (int o = 0; o < outputs; o++)
            {
                float sum = 0;
                for (int i = 0; i < inputs; i++)
                {
                    sum += _hostX[(r * inputs) + i] * _hostWeight[(o * inputs) + i];
                }

                _hostY[(r * outputs) + o] = sum;
            }
        }
    }

    [Benchmark]
    public void Linear() => _backend.Linear(_x, _weight, _bias, _y);

    [Benchmark]
    public void LinearBackward() => _backend.LinearBackward(
        _x, _weight, _y, new GradientTarget(_dX, false), new GradientTarget(_dWeight, false), new GradientTarget(_dBias, false));

    private Tensor New(Random random, int rows, int columns)
    {
        Tensor tensor = _backend.Allocate(new Shape(rows, columns), Lifetime.Persistent);
        _backend.CopyFromHost([.. Enumerable.Range(0, rows * columns).Select(_ => random.NextSingle() - 0.5f)], tensor);
        return tensor;
    }
}
