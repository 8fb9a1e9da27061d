// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Google.Protobuf;

namespace BertManaged.Formats.Tests;

/// <summary>Writes small TensorFlow checkpoints of one data file.</summary>
internal sealed class BundleBuilder
{
    private readonly SortedDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);
    private readonly List<byte> _data = [];

    public byte[] Header { get; set; } = [0x08, 0x01, 0x1A, 0x02, 0x08, 0x01];

    /// <summary>The entries by key (Latin-1), for tampering.</summary>
    public IDictionary<string, byte[]> Entries => _entries;

    public byte[] Data => [.. _data];

    public BundleBuilder Add(string name, int dataType, long[] shape, byte[] bytes)
    {
        _entries[name] = Entry(dataType, shape, _data.Count, bytes.Length, SlowCrc.Masked(bytes), slices: []);
        _data.AddRange(bytes);
        return this;
    }

    public BundleBuilder AddFloats(string name, long[] shape, params float[] values) =>
        Add(name, 1, shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    /// <summary>Adds byte strings; their checksums go over the lengths as 4-byte numbers.</summary>
    public BundleBuilder AddStrings(string name, params string[] values)
    {
        byte[] lengths = [.. values.SelectMany(value => BitConverter.GetBytes(value.Length))];
        byte[] rest = [.. BitConverter.GetBytes(SlowCrc.Masked(lengths)), .. values.SelectMany(Encoding.Latin1.GetBytes)];
        Add(name, 7, [values.Length], [.. values.SelectMany(value => TableBuilder.Varint((ulong)value.Length)), .. rest]);
        long size = values.Sum(value => TableBuilder.Varint((ulong)value.Length).Length) + rest.Length;
        _entries[name] = Entry(7, [values.Length], _data.Count - size, size, SlowCrc.Masked([.. lengths, .. rest]), slices: []);
        return this;
    }

    public static string SliceName(string name, params (long Start, long Length)[] slice) =>
        Encoding.Latin1.GetString(
            SliceKey.Encode(Encoding.UTF8.GetBytes(name), [.. slice.Select(extent => new SliceExtent(extent.Start, extent.Length))]));

    public BundleBuilder AddPartitioned(string name, int dataType, long[] shape, params (long Start, long Length)[][] slices)
    {
        _entries[name] = Entry(dataType, shape, 0, 0, 0, slices);
        return this;
    }

    public IReadOnlyList<(byte[] Key, byte[] Value)> Table() =>
        [([], Header), .. _entries.Select(pair => (Encoding.Latin1.GetBytes(pair.Key), pair.Value))];

    /// <summary>Writes the files and gives the prefix.</summary>
    public string Write(TemporaryFolder folder, string name = "model.ckpt", TableBuilder? table = null)
    {
        folder.Write(name + ".index", (table ?? new TableBuilder()).Build(Table()));
        folder.Write(name + ".data-00000-of-00001", Data);
        return folder.PathOf(name);
    }

    public static byte[] Entry(
        int dataType, long[] shape, long offset, long size, uint crc, (long Start, long Length)[][] slices, int shard = 0)
    {
        return Message(output =>
        {
            Number(output, 1, dataType);
            Bytes(output, 2, Shape(shape));
            Number(output, 3, shard);
            Number(output, 4, offset);
            Number(output, 5, size);
            output.WriteTag(6, WireFormat.WireType.Fixed32);
            output.WriteFixed32(crc);
            foreach ((long Start, long Length)[] slice in slices)
            {
                Bytes(output, 7, Slice(slice));
            }
        });
    }

    public static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream))
        {
            write(output);
        }

        return stream.ToArray();
    }

    private static byte[] Shape(long[] shape) => Message(output =>
    {
        foreach (long size in shape)
        {
            Bytes(output, 2, Message(dimension => Number(dimension, 1, size)));
        }
    });

    // A length of −1, the whole dimension, is left out; one of 0 is not.
    private static byte[] Slice((long Start, long Length)[] slice) => Message(output =>
    {
        foreach ((long start, long length) in slice)
        {
            Bytes(output, 1, Message(extent =>
            {
                Number(extent, 1, start);
                if (length >= 0)
                {
                    extent.WriteTag(2, WireFormat.WireType.Varint);
                    extent.WriteInt64(length);
                }
            }));
        }
    });

    private static void Number(CodedOutputStream output, int field, long value)
    {
        if (value != 0)
        {
            output.WriteTag(field, WireFormat.WireType.Varint);
            output.WriteInt64(value);
        }
    }

    private static void Bytes(CodedOutputStream output, int field, byte[] message)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(message));
    }
}
