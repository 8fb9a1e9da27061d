// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>The textbook: float64, plain loops in index notation, no cleverness. A learner reads the formulas here, the other
/// backends are held against it, and finite differences run on it.</summary>
public sealed partial class ReferenceBackend : IBackend
{
    /// <inheritdoc/>
    public string Name => "reference";

    /// <inheritdoc/>
    public int ElementBytes => sizeof(double);

    /// <inheritdoc/>
    public long StepBytes { get; private set; }

    /// <inheritdoc/>
    public Tensor Allocate(Shape shape, Lifetime lifetime)
    {
        if (lifetime == Lifetime.Step)
        {
            StepBytes += sizeof(double) * (long)shape.Length;
        }

        return new Tensor(shape, new ReferenceStorage(shape.Length, lifetime), 0);
    }

    /// <inheritdoc/>
    public void Release(Tensor stepTensor)
    {
        var storage = (ReferenceStorage)stepTensor.Storage;
        if (storage.Lifetime != Lifetime.Step || storage.Length != stepTensor.Length || storage.IsReleased)
        {
            throw new InvalidOperationException($"the tensor {stepTensor} is no step tensor as it was allocated, or was released before");
        }

        storage.Release();
        StepBytes -= sizeof(double) * storage.Length;
    }

    /// <inheritdoc/>
    public void ResetStep() => StepBytes = 0;

    /// <inheritdoc/>
    public void CopyFromHost(ReadOnlySpan<double> source, Tensor y)
    {
        Require.HostLength(y, source.Length, nameof(CopyFromHost), nameof(source));
        source.CopyTo(Values(y));
    }

    /// <inheritdoc/>
    public void CopyFromHost(ReadOnlySpan<float> source, Tensor y)
    {
        Require.HostLength(y, source.Length, nameof(CopyFromHost), nameof(source));
        Span<double> to = Values(y);
        for (int i = 0; i < source.Length; i++)
        {
            to[i] = source[i];
        }
    }

    /// <inheritdoc/>
    public void CopyToHost(Tensor x, Span<double> destination)
    {
        Require.HostLength(x, destination.Length, nameof(CopyToHost), nameof(destination));
        Values(x).CopyTo(destination);
    }

    /// <inheritdoc/>
    public void CopyToHost(Tensor x, Span<float> destination)
    {
        Require.HostLength(x, destination.Length, nameof(CopyToHost), nameof(destination));
        ReadOnlySpan<double> from = Values(x);
        for (int i = 0; i < from.Length; i++)
        {
            destination[i] = (float)from[i];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static Span<double> Values(Tensor x) =>
        ((ReferenceStorage)x.Storage).Values.AsSpan((int)x.Offset, x.Length);

    /// <summary>Where gradients go: cleared first if it is to be overwritten, so that kernels only ever add.</summary>
    private static Span<double> Gradient(GradientTarget target)
    {
        Span<double> values = Values(target.Tensor);
        if (!target.Accumulate)
        {
            values.Clear();
        }

        return values;
    }

    /// <summary>The same, empty where the gradient is not needed.</summary>
    private static Span<double> Gradient(GradientTarget? target) => target is { } wanted ? Gradient(wanted) : [];
}
