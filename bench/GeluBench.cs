// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>GELU of a feed-forward layer of BERT, one thread, against one lane.</summary>
[MemoryDiagnoser]
public class GeluBench : IDisposable
{
    private readonly CpuBackend _scalar = new(1, SimdLevel.Scalar);
    private readonly CpuBackend _vector = new(1);
    private Tensor _x = null!;
    private Tensor _y = null!;

    /// <summary>Rows of 4 H of MiniLM-L12 and BERT-base.</summary>
    [Params(1536, 3072)]
    public int Columns { get; set; }

    [Params(GeluForm.Erf, GeluForm.Tanh)]
    public GeluForm Form { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _x = RandomTensor.Of(_vector, new Shape(256, Columns));
        _y = _vector.Allocate(_x.Shape, Lifetime.Persistent);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _scalar.Dispose();
        _vector.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void OneLane() => _scalar.Gelu(_x, Form, _y);

    [Benchmark]
    public void Vectors() => _vector.Gelu(_x, Form, _y);

    [Benchmark]
    public void Gradient() => _vector.GeluBackward(_x, Form, _x, new GradientTarget(_y, false));
}
