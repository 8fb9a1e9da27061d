// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>A kernel with the widest vectors there are, against one lane.</summary>
/// <param name="threads">Of both; 0 for all cores.</param>
[MemoryDiagnoser]
public abstract class KernelBench(int threads = 1) : IDisposable
{
    private readonly CpuBackend _scalar = new(threads, SimdLevel.Scalar);

    /// <summary>What gradients are measured on. All tensors are its own, and the other backend reads and writes them too.</summary>
    protected CpuBackend Vector { get; } = new(threads);

    /// <summary>Makes the tensors; calls the kernel once, so that its outputs can be a gradient's inputs.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Prepare();
        Kernel(Vector);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _scalar.Dispose();
        Vector.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public void OneLane() => Kernel(_scalar);

    [Benchmark]
    public void Vectors() => Kernel(Vector);

    protected abstract void Prepare();

    protected abstract void Kernel(CpuBackend backend);

    protected static GradientTarget Overwrite(Tensor gradient) => new(gradient, false);

    protected static GradientTarget AddTo(Tensor gradient) => new(gradient, true);

    /// <summary>Uniform in [−3, 3).</summary>
    protected Tensor Random(params int[] lengths) => RandomTensor.Of(Vector, Shape.Of(lengths));

    protected Tensor Zeros(params int[] lengths)
    {
        Tensor tensor = Vector.Allocate(Shape.Of(lengths), Lifetime.Persistent);
        Vector.Fill(0, tensor);
        return tensor;
    }
}
