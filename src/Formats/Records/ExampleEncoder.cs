// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Makes the bytes of tf.Example messages, one after another, in memory that is used again. Features are in ascending order of
/// their names' bytes whatever order they come in: the form that protobuf calls deterministic, and the only one that is the same in
/// every implementation. Not for several threads at once.</summary>
public sealed class ExampleEncoder
{
    private readonly ExampleMessage _message = new();
    private byte[] _buffer = new byte[1 << 12];

    /// <summary>Forgets the features: the next example begins.</summary>
    public void Clear() => _message.Clear();

    /// <summary>Adds a feature of integers.</summary>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="values">Its values; may be empty. <see cref="Encode"/> reads them: they must stay as they are until then.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, ReadOnlyMemory<long> values)
    {
        int bytes = 0;
        foreach (long value in values.Span)
        {
            bytes = checked(bytes + CodedOutputStream.ComputeInt64Size(value));
        }

        _message.Insert(new ExampleFeature(name, FeatureKind.Int64, bytes) { Longs = values });
    }

    /// <inheritdoc cref="Add(string, ReadOnlyMemory{long})"/>
    public void Add(string name, ReadOnlyMemory<int> values)
    {
        int bytes = 0;
        foreach (int value in values.Span)
        {
            bytes = checked(bytes + CodedOutputStream.ComputeInt64Size(value));
        }

        _message.Insert(new ExampleFeature(name, FeatureKind.Int64, bytes) { Ints = values });
    }

    /// <summary>Adds a feature of floats.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlyMemory{long})"/>
    public void Add(string name, ReadOnlyMemory<float> values) =>
        _message.Insert(new ExampleFeature(name, FeatureKind.Float, checked(values.Length * sizeof(float))) { Floats = values });

    /// <summary>Adds a feature of byte strings.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlyMemory{long})"/>
    public void Add(string name, params ReadOnlyMemory<byte>[] values)
    {
        int bytes = 0;
        foreach (ReadOnlyMemory<byte> value in values)
        {
            bytes = checked(bytes + ExampleFeature.TagBytes + CodedOutputStream.ComputeLengthSize(value.Length) + value.Length);
        }

        _message.Insert(new ExampleFeature(name, FeatureKind.Bytes, bytes) { Strings = values });
    }

    /// <summary>The bytes of the example, valid until the encoder is used again.</summary>
    public ReadOnlySpan<byte> Encode()
    {
        int size = _message.CalculateSize();
        if (_buffer.Length < size)
        {
            Array.Resize(ref _buffer, (int)Math.Clamp(2L * _buffer.Length, size, Array.MaxLength));
        }

        _message.WriteTo(_buffer.AsSpan(0, size));
        return _buffer.AsSpan(0, size);
    }
}
