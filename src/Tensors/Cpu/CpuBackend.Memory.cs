// SPDX-License-Identifier: Apache-2.0
using System.Numerics.Tensors;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    private readonly StepArena _arena = new();
    private readonly PersistentMemory _persistent = new();

    // Step tensors that were not released, where memory is poisoned: views, strangers and tensors released before are not among them.
    private readonly HashSet<Tensor> _live = [];
    private bool _isDisposed;

    // Working memory of a kernel as a whole, for partial results of its pieces; one user at a time.
    private readonly Scratch _partials = new();

    // An operand of a matrix product, packed for all threads.
    private readonly Scratch _operand = new();

    /// <summary>Whether memory that nobody wrote yet is NaN: then who reads it shows. For tests; by default in debug builds and where
    /// the environment variable BERTMANAGED_POISON is 1.</summary>
    internal bool PoisonsMemory
    {
        get => _arena.Poisons;
        init => _arena.Poisons = value;
    }

    /// <inheritdoc/>
    public long StepBytes => _arena.Bytes;

    /// <inheritdoc/>
    public Tensor Allocate(Shape shape, Lifetime lifetime)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (lifetime == Lifetime.Step)
        {
            return AllocateStep(shape);
        }

        (CpuStorage storage, long offset) = _persistent.Take(shape.Length);
        if (PoisonsMemory)
        {
            storage.Poison(offset, CpuStorage.RoundUp(shape.Length));
        }

        return new Tensor(shape, storage, offset);
    }

    /// <inheritdoc/>
    public void Release(Tensor stepTensor)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (PoisonsMemory && !_live.Remove(stepTensor))
        {
            throw new InvalidOperationException($"the tensor {stepTensor} is no step tensor as it was allocated, or was released before");
        }

        _arena.Return(Owned(stepTensor), stepTensor.Offset, stepTensor.Length);
    }

    /// <inheritdoc/>
    public void ResetStep()
    {
        _live.Clear();
        _arena.Rewind();
    }

    /// <inheritdoc/>
    public void CopyFromHost(ReadOnlySpan<double> source, Tensor y)
    {
        Require.HostLength(y, source.Length, nameof(CopyFromHost), nameof(source));
        TensorPrimitives.ConvertTruncating<double, float>(source, Values(y));
    }

    /// <inheritdoc/>
    public void CopyFromHost(ReadOnlySpan<float> source, Tensor y)
    {
        Require.HostLength(y, source.Length, nameof(CopyFromHost), nameof(source));
        fixed (float* from = source)
        {
            // Into new memory a copy costs its page faults, and those are taken by all threads.
            _pool.RunRanges(source.Length, ElementChunk, new CopyWork(from, Pointer(y)));
        }
    }

    /// <inheritdoc/>
    public void CopyToHost(Tensor x, Span<double> destination)
    {
        Require.HostLength(x, destination.Length, nameof(CopyToHost), nameof(destination));
        TensorPrimitives.ConvertTruncating<float, double>(Values(x), destination);
    }

    /// <inheritdoc/>
    public void CopyToHost(Tensor x, Span<float> destination)
    {
        Require.HostLength(x, destination.Length, nameof(CopyToHost), nameof(destination));
        Values(x).CopyTo(destination);
    }

    /// <summary>The first element of a tensor.</summary>
    /// <exception cref="ArgumentException">It belongs to another kind of backend.</exception>
    internal static float* Pointer(Tensor tensor) => Owned(tensor).Memory + tensor.Offset;

    private static CpuStorage Owned(Tensor tensor) => tensor.Storage as CpuStorage
        ?? throw new ArgumentException($"the tensor {tensor} is not in the memory of a cpu backend", nameof(tensor));

    /// <summary>The elements of a tensor.</summary>
    private static Span<float> Values(Tensor tensor) => new(Pointer(tensor), tensor.Length);

    private Tensor AllocateStep(Shape shape)
    {
        (CpuStorage storage, long offset) = _arena.Take(shape.Length);
        var tensor = new Tensor(shape, storage, offset);
        if (PoisonsMemory)
        {
            _live.Add(tensor);
        }

        return tensor;
    }

    private void FreeMemory()
    {
        _isDisposed = true;
        _arena.Free();
        _partials.Free();
        _operand.Free();
        _persistent.Free();
    }
}
