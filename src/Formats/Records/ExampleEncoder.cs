// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using System.Text;

namespace BertManaged.Formats;

/// <summary>Makes the bytes of tf.Example messages, one after another, in memory that is used again. Features are in ascending order of
/// their names' bytes whatever order they come in: the form that protobuf calls deterministic, and the only one that is the same in
/// every implementation. Not for several threads at once.</summary>
/// <remarks>tensorflow/core/example/{example,feature}.proto: Example { features = 1 }, Features { map&lt;string, Feature&gt; feature = 1 },
/// a map's entries being messages { key = 1, value = 2 }, Feature { oneof: bytes_list = 1, float_list = 2, int64_list = 3 }, a list
/// { value = 1 }, numbers packed.</remarks>
public sealed class ExampleEncoder
{
    private const byte FirstField = (1 << 3) | 2, SecondField = (2 << 3) | 2;
    private const int TagBytes = 1;

    // The lists' contents, in the order in which the features came.
    private byte[] _lists = new byte[1 << 12];
    private int _listBytes;

    // In the order of their names.
    private Feature[] _features = new Feature[8];
    private int _featureCount;

    private byte[] _example = new byte[1 << 12];

    /// <summary>Forgets the features: the next example begins.</summary>
    public void Clear() => (_featureCount, _listBytes) = (0, 0);

    /// <summary>Adds a feature of integers.</summary>
    /// <param name="name">Its name, not yet taken.</param>
    /// <param name="values">Its values; may be empty.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, ReadOnlySpan<long> values)
    {
        Span<byte> list = NewList(values.Length, Varint.LongestBytes);
        int end = 0;
        foreach (long value in values)
        {
            end += Varint.Write(list[end..], (ulong)value);
        }

        Insert(new Feature(name, FeatureKind.Int64, _listBytes, end));
    }

    /// <inheritdoc cref="Add(string, ReadOnlySpan{long})"/>
    public void Add(string name, ReadOnlySpan<int> values)
    {
        Span<byte> list = NewList(values.Length, Varint.LongestBytes);
        int end = 0;
        foreach (int value in values)
        {
            end += Varint.Write(list[end..], (ulong)value);
        }

        Insert(new Feature(name, FeatureKind.Int64, _listBytes, end));
    }

    /// <summary>Adds a feature of floats.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{long})"/>
    public void Add(string name, ReadOnlySpan<float> values)
    {
        MemoryMarshal.AsBytes(values).CopyTo(NewList(values.Length, sizeof(float)));
        Insert(new Feature(name, FeatureKind.Float, _listBytes, values.Length * sizeof(float)));
    }

    /// <summary>Adds a feature of byte strings.</summary>
    /// <inheritdoc cref="Add(string, ReadOnlySpan{long})"/>
    public void Add(string name, params ReadOnlySpan<ReadOnlyMemory<byte>> values)
    {
        int bytes = 0;
        foreach (ReadOnlyMemory<byte> value in values)
        {
            bytes = checked(bytes + FieldBytes(value.Length));
        }

        var list = new FieldWriter(NewList(bytes, 1));
        foreach (ReadOnlyMemory<byte> value in values)
        {
            list.WriteField(FirstField, value.Span);
        }

        Insert(new Feature(name, FeatureKind.Bytes, _listBytes, bytes));
    }

    /// <summary>The bytes of the example, valid until the encoder is used again. Allocates only where it is the largest yet.</summary>
    public ReadOnlySpan<byte> Encode()
    {
        ReadOnlySpan<Feature> features = _features.AsSpan(0, _featureCount);
        int bytes = 0;
        foreach (ref readonly Feature feature in features)
        {
            bytes = checked(bytes + FieldBytes(feature.EntryBytes));
        }

        EnsureRoom(ref _example, FieldBytes(bytes), kept: 0);
        var example = new FieldWriter(_example);
        example.WriteStart(FirstField, bytes);
        foreach (ref readonly Feature feature in features)
        {
            feature.WriteEntry(ref example, _lists);
        }

        return _example.AsSpan(0, example.Position);
    }

    private static int FieldBytes(int contentBytes) => checked(TagBytes + Varint.Length((uint)contentBytes) + contentBytes);

    private Span<byte> NewList(int count, int mostBytesEach)
    {
        EnsureRoom(ref _lists, checked(_listBytes + (count * mostBytesEach)), kept: _listBytes);
        return _lists.AsSpan(_listBytes);
    }

    private void Insert(in Feature feature)
    {
        int place = _featureCount;
        int order = 1;
        while (place > 0 && (order = Utf8Order.Compare(_features[place - 1].Name, feature.Name)) > 0)
        {
            place--;
        }

        if (place > 0 && order == 0)
        {
            throw new ArgumentException($"The example has a feature '{feature.Name}' already.", nameof(feature));
        }

        if (_featureCount == _features.Length)
        {
            Array.Resize(ref _features, 2 * _featureCount);
        }

        Array.Copy(_features, place, _features, place + 1, _featureCount - place);
        _features[place] = feature;
        _featureCount++;
        _listBytes += feature.ValueBytes;
    }

    private static void EnsureRoom(ref byte[] buffer, int bytes, int kept)
    {
        if (buffer.Length < bytes)
        {
            var larger = new byte[(int)Math.Clamp(2L * buffer.Length, bytes, Array.MaxLength)];
            buffer.AsSpan(0, kept).CopyTo(larger);
            buffer = larger;
        }
    }

    /// <summary>A feature; its values are in a buffer, strings with their tags and lengths, numbers without.</summary>
    private readonly record struct Feature(string Name, FeatureKind Kind, int Start, int ValueBytes)
    {
        private bool IsPacked => Kind != FeatureKind.Bytes && ValueBytes > 0;

        private int ListBytes => IsPacked ? FieldBytes(ValueBytes) : ValueBytes;

        public int EntryBytes => checked(FieldBytes(Encoding.UTF8.GetByteCount(Name)) + FieldBytes(FieldBytes(ListBytes)));

        public void WriteEntry(ref FieldWriter output, ReadOnlySpan<byte> values)
        {
            output.WriteStart(FirstField, EntryBytes);
            output.WriteField(FirstField, Name);
            output.WriteStart(SecondField, FieldBytes(ListBytes));
            output.WriteStart((byte)((((int)Kind + 1) << 3) | 2), ListBytes);
            if (IsPacked)
            {
                output.WriteStart(FirstField, ValueBytes);
            }

            output.Write(values.Slice(Start, ValueBytes));
        }
    }
}
