// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>The first entry of an index (BundleHeaderProto, tensorflow/core/protobuf/tensor_bundle.proto).</summary>
internal sealed record BundleHeader
{
    private const int LittleEndian = 0;

    // The version of the format that this reader knows.
    private const int Version = 1;

    /// <summary>How many data files there are.</summary>
    public int ShardCount { get; private set; }

    private int Endianness { get; set; }

    private int MinConsumer { get; set; }

    private List<int> BadConsumers { get; } = [];

    /// <summary>What keeps this reader from reading the checkpoint, or null.</summary>
    public string? Problem =>
        ShardCount < 1 ? $"the header should give at least 1 data file, found {ShardCount}"
        : Endianness != LittleEndian ? "the checkpoint was written on a big-endian machine; convert it on one with TensorFlow"
        : MinConsumer > Version || BadConsumers.Contains(Version) ? $"the checkpoint asks for a reader of version {MinConsumer}, this " +
            $"one knows version {Version}"
        : null;

    /// <summary>The message that TensorFlow writes on a little-endian machine.</summary>
    public static byte[] ToBytes(int shardCount) => ProtoOutput.Bytes(output =>
    {
        output.WriteInteger(1, shardCount);
        output.WriteMessage(3, version => version.WriteInteger(1, Version));
    });

    /// <exception cref="InvalidProtocolBufferException">The bytes are no such message.</exception>
    public static BundleHeader Parse(byte[] message)
    {
        var header = new BundleHeader();
        var input = new CodedInputStream(message);
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (tag)
            {
                case 1 << 3:
                    header.ShardCount = input.ReadInt32();
                    break;
                case 2 << 3:
                    header.Endianness = input.ReadInt32();
                    break;
                case (3 << 3) | 2:
                    header.ParseVersion(input.ReadBytes().CreateCodedInput());
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return header;
    }

    // VersionDef: producer = 1, min_consumer = 2, repeated bad_consumers = 3 (packed or not).
    private void ParseVersion(CodedInputStream input)
    {
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (tag)
            {
                case 2 << 3:
                    MinConsumer = input.ReadInt32();
                    break;
                case 3 << 3:
                    BadConsumers.Add(input.ReadInt32());
                    break;
                case (3 << 3) | 2:
                    CodedInputStream packed = input.ReadBytes().CreateCodedInput();
                    while (!packed.IsAtEnd)
                    {
                        BadConsumers.Add(packed.ReadInt32());
                    }

                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }
    }
}
