// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Makes the bytes of tf.Example messages, one after another, in memory that is used again. Features are in ascending order of
/// their names' bytes whatever order they come in: the form that protobuf calls deterministic, and the only one that is the same in
/// every implementation. Not for several threads at once.</summary>
public sealed class ExampleEncoder
{
    private readonly ExampleMessage _message = new();
    private readonly List<(string Text, ByteString Bytes)> _names = [];
    private byte[] _buffer = new byte[1 << 12], _packed = new byte[1 << 12];
    private int _usedBytes;

    /// <summary>Forgets the features: the next example begins.</summary>
    public void Clear()
    {
        _message.Clear();
        _usedBytes = 0;
    }

    /// <summary>Adds a feature of integers.</summary>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="values">Its values; may be empty.</param>
    /// <exception cref="ArgumentException">The name is taken, as UTF-8.</exception>
    public void Add(string name, ReadOnlySpan<long> values)
    {
        Span<byte> packed = Reserve(values.Length, Varint.LongestBytes);
        int bytes = 0;
        foreach (long value in values)
        {
            bytes += Varint.Write(packed[bytes..], (ulong)value);
        }

        AddPacked(name, FeatureKind.Int64, bytes);
    }

    /// <inheritdoc cref="Add(string, ReadOnlySpan{long})"/>
    public void Add(string name, ReadOnlySpan<int> values) =>
        AddPacked(name, FeatureKind.Int64, Varint.WriteAll(values, Reserve(values.Length, Varint.LongestBytes)));

    /// <summary>Adds a feature of floats.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{long})"/>
    public void Add(string name, ReadOnlySpan<float> values)
    {
        Span<byte> packed = Reserve(values.Length, sizeof(float));
        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(packed[(i * sizeof(float))..], values[i]);
        }

        AddPacked(name, FeatureKind.Float, values.Length * sizeof(float));
    }

    /// <summary>Adds a feature of byte strings.</summary>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="values">Its values; may be empty. <see cref="Encode"/> reads them: they must stay as they are until then.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, params ReadOnlyMemory<byte>[] values)
    {
        int bytes = 0;
        foreach (ReadOnlyMemory<byte> value in values)
        {
            bytes = checked(bytes + ExampleFeature.TagBytes + CodedOutputStream.ComputeLengthSize(value.Length) + value.Length);
        }

        _message.Insert(new ExampleFeature(InUtf8(name), FeatureKind.Bytes, bytes) { Strings = values });
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

    // Room behind the numbers that are packed already. Those keep an array that has become too small.
    private Span<byte> Reserve(int count, int mostBytes)
    {
        int bytes = checked(count * mostBytes);
        if (_packed.Length - _usedBytes < bytes)
        {
            (_packed, _usedBytes) = (new byte[Math.Max(bytes, (int)Math.Min(2L * _packed.Length, Array.MaxLength))], 0);
        }

        return _packed.AsSpan(_usedBytes);
    }

    private void AddPacked(string name, FeatureKind kind, int bytes)
    {
        _message.Insert(new ExampleFeature(InUtf8(name), kind, bytes) { Packed = _packed.AsMemory(_usedBytes, bytes) });
        _usedBytes += bytes;
    }

    // Example after example has the same names in the same order.
    private ByteString InUtf8(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        int place = _message.Count;
        if (place < _names.Count && ReferenceEquals(_names[place].Text, name))
        {
            return _names[place].Bytes;
        }

        _names.RemoveRange(place, _names.Count - place);
        _names.Add((name, ByteString.CopyFromUtf8(name)));
        return _names[place].Bytes;
    }
}
