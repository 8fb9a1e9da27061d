// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Feature { oneof: bytes_list = 1, float_list = 2, int64_list = 3 }, each list a message of its values = 1, numbers packed:
/// to be written.</summary>
/// <param name="Name">Its key among the features, in UTF-8.</param>
/// <param name="Kind">Which list; the values are in one of the properties below.</param>
/// <param name="ValueBytes">What the values take, without the tag and length before packed ones.</param>
internal readonly record struct ExampleFeature(ByteString Name, FeatureKind Kind, int ValueBytes)
{
    /// <summary>What the tag of any field here takes.</summary>
    public const int TagBytes = 1;

    private const byte Values = (1 << 3) | 2;

    /// <summary>Numbers as the bytes of a packed field.</summary>
    public ReadOnlyMemory<byte> Packed { get; init; }

    public ReadOnlyMemory<byte>[] Strings { get; init; } = [];

    /// <summary>What the list takes: values that are packed have a tag and length together, unless there are none.</summary>
    public int ListBytes { get; } = BytesOfList(Kind, ValueBytes);

    /// <summary>What the map's entry takes: the name, and the list within a message.</summary>
    public int EntryBytes { get; } =
        checked(WithTagAndLength(Name.Length) + WithTagAndLength(WithTagAndLength(BytesOfList(Kind, ValueBytes))));

    /// <summary>What a field of some bytes takes, with its tag and length.</summary>
    public static int WithTagAndLength(int bytes) => checked(TagBytes + CodedOutputStream.ComputeLengthSize(bytes) + bytes);

    public void WriteList(ref WriteContext output)
    {
        output.WriteRawTag((byte)((((int)Kind + 1) << 3) | 2));
        output.WriteLength(ListBytes);
        if (Kind != FeatureKind.Bytes && ValueBytes > 0)
        {
            output.WriteRawTag(Values);
            output.WriteLength(ValueBytes);
            WriteRaw(ref output, Packed.Span);
        }

        foreach (ReadOnlyMemory<byte> value in Strings)
        {
            output.WriteRawTag(Values);
            output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
        }
    }

    private static int BytesOfList(FeatureKind kind, int valueBytes) =>
        kind == FeatureKind.Bytes || valueBytes == 0 ? valueBytes : WithTagAndLength(valueBytes);

    // The context takes bytes as they are within a ByteString only, an object for each; so they go as numbers of eight.
    private static void WriteRaw(ref WriteContext output, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            output.WriteFixed64(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte b in bytes)
        {
            output.WriteRawTag(b);
        }
    }
}
