// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A contiguous row-major array in the memory of a backend. It has no operators: kernels are methods of
/// <see cref="IBackend"/>, values are read with <see cref="IBackend.CopyToHost(Tensor, Span{double})"/>.</summary>
/// <param name="shape">Its lengths.</param>
/// <param name="storage">The block it lies in.</param>
/// <param name="offset">Its first element in that block.</param>
public sealed class Tensor(Shape shape, Storage storage, long offset)
{
    /// <summary>Its lengths.</summary>
    public Shape Shape { get; } = shape;

    /// <summary>The block it lies in.</summary>
    public Storage Storage { get; } = storage;

    /// <summary>Its first element in <see cref="Storage"/>.</summary>
    public long Offset { get; } = offset;

    /// <summary>Number of elements.</summary>
    public int Length => Shape.Length;

    /// <summary>The same memory from element <paramref name="start"/> on under another shape. Nothing is copied.</summary>
    /// <exception cref="ArgumentException">The view would end outside of this tensor.</exception>
    public Tensor View(int start, Shape shape) => start >= 0 && start + (long)shape.Length <= Length
        ? new Tensor(shape, Storage, Offset + start)
        : throw new ArgumentException($"a view {shape} from element {start} on does not fit into {Shape}", nameof(shape));

    /// <inheritdoc/>
    public override string ToString() => Shape.ToString();
}
