// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>LayerNorm of 1024 rows, one thread, against one lane.</summary>
[MemoryDiagnoser]
public class LayerNormBench : IDisposable
{
    private const int Rows = 1024;

    private readonly CpuBackend _scalar = new(1, SimdLevel.Scalar);
    private readonly CpuBackend _vector = new(1);
    private Tensor _x = null!;
    private Tensor _y = null!;
    private Tensor _gamma = null!;
    private Tensor _mean = null!;
    private Tensor _rstd = null!;
    private Tensor _dGamma = null!;

    /// <summary>H of MiniLM-L12 and BERT-base.</summary>
    [Params(384, 768)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _x = RandomTensor.Of(_vector, new Shape(Rows, Columns));
        _y = _vector.Allocate(_x.Shape, Lifetime.Persistent);
        _gamma = RandomTensor.Of(_vector, new Shape(Columns));
        _dGamma = _vector.Allocate(_gamma.Shape, Lifetime.Persistent);
        _mean = _vector.Allocate(new Shape(Rows), Lifetime.Persistent);
        _rstd = _vector.Allocate(new Shape(Rows), Lifetime.Persistent);
        _vector.LayerNorm(_x, _gamma, _gamma, 1e-12, _y, _mean, _rstd);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _scalar.Dispose();
        _vector.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void OneLane() => _scalar.LayerNorm(_x, _gamma, _gamma, 1e-12, _y, _mean, _rstd);

    [Benchmark]
    public void Vectors() => _vector.LayerNorm(_x, _gamma, _gamma, 1e-12, _y, _mean, _rstd);

    [Benchmark]
    public void Gradients() => _vector.LayerNormBackward(
        _x, _gamma, _mean, _rstd, _x, new GradientTarget(_y, false), new GradientTarget(_dGamma, false), null);
}
