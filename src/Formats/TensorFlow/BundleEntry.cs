// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>What the index says of one tensor (BundleEntryProto, tensorflow/core/protobuf/tensor_bundle.proto).</summary>
internal sealed record BundleEntry
{
    /// <summary>TensorFlow's number of the element type.</summary>
    public int DataType { get; set; }

    public IReadOnlyList<long> Shape { get; set; } = [];

    /// <summary>Whether the shape is left open, which no stored tensor's may be.</summary>
    public bool UnknownRank { get; set; }

    public int Shard { get; set; }

    public long Offset { get; set; }

    public long Size { get; set; }

    /// <summary>The masked CRC-32C of the tensor's bytes.</summary>
    public uint MaskedCrc { get; set; }

    /// <summary>For a partitioned variable its slices, one list of extents each; then the entry has no bytes of its own.</summary>
    public IReadOnlyList<IReadOnlyList<SliceExtent>> Slices { get; set; } = [];

    /// <summary>The message, of a variable that is not partitioned.</summary>
    public byte[] ToBytes() => ProtoOutput.Bytes(output =>
    {
        output.WriteNonZero(1, DataType);
        output.WriteMessage(2, shape =>
        {
            foreach (long size in Shape)
            {
                shape.WriteMessage(2, dimension => dimension.WriteNonZero(1, size));
            }
        });
        output.WriteNonZero(3, Shard);
        output.WriteNonZero(4, Offset);
        output.WriteNonZero(5, Size);
        if (MaskedCrc != 0)
        {
            output.WriteFixed32(6, MaskedCrc);
        }
    });

    /// <summary>Reads a message; nothing in it is checked.</summary>
    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    public static BundleEntry Parse(byte[] message)
    {
        var entry = new BundleEntry();
        var slices = new List<IReadOnlyList<SliceExtent>>();
        var input = new CodedInputStream(message);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (tag)
            {
                case 1 << 3:
                    entry.DataType = input.ReadInt32();
                    break;
                case (2 << 3) | 2:
                    entry.ParseShape(input.ReadBytes().CreateCodedInput());
                    break;
                case 3 << 3:
                    entry.Shard = input.ReadInt32();
                    break;
                case 4 << 3:
                    entry.Offset = input.ReadInt64();
                    break;
                case 5 << 3:
                    entry.Size = input.ReadInt64();
                    break;
                case (6 << 3) | 5:
                    entry.MaskedCrc = input.ReadFixed32();
                    break;
                case (7 << 3) | 2:
                    slices.Add(ParseSlice(input.ReadBytes().CreateCodedInput()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        entry.Slices = slices;
        return entry;
    }

    // TensorShapeProto: repeated dim = 2 {size = 1, name = 2}, unknown_rank = 3.
    private void ParseShape(CodedInputStream input)
    {
        var shape = new List<long>();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (tag)
            {
                case (2 << 3) | 2:
                    shape.Add(ParseFirstInt64(input.ReadBytes().CreateCodedInput()));
                    break;
                case 3 << 3:
                    UnknownRank = input.ReadBool();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        Shape = shape;
    }

    private static long ParseFirstInt64(CodedInputStream input)
    {
        long value = 0;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == 1 << 3)
            {
                value = input.ReadInt64();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return value;
    }

    // TensorSliceProto: repeated extent = 1.
    private static List<SliceExtent> ParseSlice(CodedInputStream input)
    {
        var extents = new List<SliceExtent>();
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == ((1 << 3) | 2))
            {
                extents.Add(ParseExtent(input.ReadBytes().CreateCodedInput()));
            }
            else
            {
                input.SkipLastField();
            }
        }

        return extents;
    }

    // start = 1, length = 2; a length that is absent (not one that is 0) means the whole dimension.
    private static SliceExtent ParseExtent(CodedInputStream input)
    {
        long start = 0;
        long length = SliceExtent.Whole;
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (tag)
            {
                case 1 << 3:
                    start = input.ReadInt64();
                    break;
                case 2 << 3:
                    length = input.ReadInt64();
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return new SliceExtent(start, length);
    }
}
