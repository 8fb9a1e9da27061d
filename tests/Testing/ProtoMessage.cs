// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Text;

namespace BertManaged.Testing;

/// <summary>A protobuf message, read by nothing but the rules of the wire format: a tag, then a varint, 8 bytes, a length with that many
/// bytes, or 4 bytes.</summary>
/// <remarks>protobuf.dev/programming-guides/encoding.</remarks>
public sealed class ProtoMessage
{
    private readonly List<(int Field, long Number, byte[] Bytes)> _fields = [];

    public ProtoMessage(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            long tag = Varint(ref bytes);
            Add((int)(tag >> 3), (int)(tag & 7), ref bytes);
        }
    }

    /// <summary>The numbers of a field, each time it occurs; a float's or double's bits.</summary>
    public long[] Numbers(int field) => [.. _fields.Where(f => f.Field == field).Select(f => f.Number)];

    /// <summary>The number of a field that occurs at most once; 0 where it does not.</summary>
    public long Number(int field) => Numbers(field) is [var number] ? number : 0;

    public float Single(int field) => BitConverter.Int32BitsToSingle((int)Number(field));

    /// <summary>The bytes of a field that occurs at most once; none where it does not.</summary>
    public byte[] Bytes(int field) => _fields.Where(f => f.Field == field).Select(f => f.Bytes).SingleOrDefault() ?? [];

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string[] Texts(int field) => [.. _fields.Where(f => f.Field == field).Select(f => Encoding.UTF8.GetString(f.Bytes))];

    public ProtoMessage[] Messages(int field) => [.. _fields.Where(f => f.Field == field).Select(f => new ProtoMessage(f.Bytes))];

    public ProtoMessage Message(int field) => Assert.Single(Messages(field));

    private void Add(int field, int wireType, ref ReadOnlySpan<byte> bytes)
    {
        switch (wireType)
        {
            case 0:
                _fields.Add((field, Varint(ref bytes), []));
                break;
            case 1:
                _fields.Add((field, BinaryPrimitives.ReadInt64LittleEndian(bytes), []));
                bytes = bytes[8..];
                break;
            case 2:
                int length = checked((int)Varint(ref bytes));
                _fields.Add((field, 0, bytes[..length].ToArray()));
                bytes = bytes[length..];
                break;
            case 5:
                _fields.Add((field, BinaryPrimitives.ReadInt32LittleEndian(bytes), []));
                bytes = bytes[4..];
                break;
            default:
                throw new InvalidDataException($"field {field} has wire type {wireType}");
        }
    }

    private static long Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        int used = 0;
        do
        {
            value |= (ulong)(bytes[used] & 0x7F) << (7 * used);
        }
        while (bytes[used++] >= 0x80);
        bytes = bytes[used..];
        return (long)value;
    }
}
