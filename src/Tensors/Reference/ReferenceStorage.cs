// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>An array that can be taken away: who looks into it afterwards gets an error.</summary>
internal sealed class ReferenceStorage(int length, Lifetime lifetime) : Storage(length)
{
    private double[]? _values = new double[length];

    public Lifetime Lifetime { get; } = lifetime;

    public bool IsReleased => _values is null;

    /// <exception cref="ObjectDisposedException">The tensor was released.</exception>
    public double[] Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_values is null, typeof(Tensor));
            return _values;
        }
    }

    public void Release() => _values = null;
}
