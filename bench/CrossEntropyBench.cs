// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Cross-entropy of 64 masked positions, one thread, against one lane.</summary>
[MemoryDiagnoser]
public class CrossEntropyBench : IDisposable
{
    private const int Rows = 64;

    private readonly CpuBackend _scalar = new(1, SimdLevel.Scalar);
    private readonly CpuBackend _vector = new(1);
    private readonly IndexTensor _labels = new(new int[Rows]);
    private Tensor _logits = null!;
    private Tensor _gradient = null!;
    private Tensor _weights = null!;
    private Tensor _logSumExp = null!;
    private Tensor _loss = null!;

    /// <summary>The vocabulary of uncased BERT.</summary>
    [Params(30522)]
    public int Columns { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _logits = RandomTensor.Of(_vector, new Shape(Rows, Columns));
        _gradient = _vector.Allocate(_logits.Shape, Lifetime.Persistent);
        _weights = RandomTensor.Of(_vector, new Shape(Rows));
        _logSumExp = _vector.Allocate(new Shape(Rows), Lifetime.Persistent);
        _loss = _vector.Allocate(new Shape(), Lifetime.Persistent);
        _vector.CrossEntropy(_logits, _labels, _weights, _loss, _logSumExp);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _scalar.Dispose();
        _vector.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void OneLane() => _scalar.CrossEntropy(_logits, _labels, _weights, _loss, _logSumExp);

    [Benchmark]
    public void Vectors() => _vector.CrossEntropy(_logits, _labels, _weights, _loss, _logSumExp);

    [Benchmark]
    public void Gradient() => _vector.CrossEntropyBackward(
        _logits, _labels, _weights, _logSumExp, _loss, new GradientTarget(_gradient, false));
}
