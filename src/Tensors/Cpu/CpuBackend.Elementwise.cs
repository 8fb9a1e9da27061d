// SPDX-License-Identifier: Apache-2.0
using System.Numerics.Tensors;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    /// <summary>Elements of a piece of element-wise work: some microseconds, and a multiple of every vector.</summary>
    private const int ElementChunk = 1 << 15;

    /// <inheritdoc/>
    public void Fill(double value, Tensor y) => _pool.RunRanges(y.Length, ElementChunk, new FillWork((float)value, Pointer(y)));

    /// <inheritdoc/>
    public void Copy(Tensor x, GradientTarget y)
    {
        float* from = Pointer(x), to = Pointer(y.Tensor);
        if (y.Accumulate)
        {
            _pool.RunRanges(x.Length, ElementChunk, new AddWork(to, from, to));
        }
        else
        {
            _pool.RunRanges(x.Length, ElementChunk, new CopyWork(from, to));
        }
    }

    /// <inheritdoc/>
    public void Add(Tensor a, Tensor b, Tensor y) =>
        _pool.RunRanges(y.Length, ElementChunk, new AddWork(Pointer(a), Pointer(b), Pointer(y)));

    private static Span<float> Range(float* values, int start, int end) => new(values + start, end - start);

    private readonly struct FillWork(float value, float* y) : IRangeWork
    {
        public void Run(int start, int end) => Range(y, start, end).Fill(value);
    }

    private readonly struct CopyWork(float* x, float* y) : IRangeWork
    {
        public void Run(int start, int end) => Range(x, start, end).CopyTo(Range(y, start, end));
    }

    private readonly struct AddWork(float* a, float* b, float* y) : IRangeWork
    {
        public void Run(int start, int end) =>
            TensorPrimitives.Add(Range(a, start, end), Range(b, start, end), Range(y, start, end));
    }
}
