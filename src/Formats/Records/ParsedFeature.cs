// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace BertManaged.Formats;

/// <summary>Feature { oneof: bytes_list = 1, float_list = 2, int64_list = 3 }, each list a message of its values = 1, packed or not:
/// to be read.</summary>
internal sealed class ParsedFeature : WireMessage
{
    private const uint BytesList = (1 << 3) | 2, FloatList = (2 << 3) | 2, Int64List = (3 << 3) | 2;

    private const uint PackedOrBytes = (1 << 3) | 2, UnpackedFloat = (1 << 3) | 5, UnpackedInt64 = 1 << 3;

    private readonly ValueList<ByteString> _strings = new(FieldCodec.ForBytes(PackedOrBytes), PackedOrBytes);
    private readonly ValueList<float> _floats = new(FieldCodec.ForFloat(PackedOrBytes), UnpackedFloat);
    private readonly ValueList<long> _longs = new(FieldCodec.ForInt64(PackedOrBytes), UnpackedInt64);

    /// <summary>Which list there is; null where there is none.</summary>
    public FeatureKind? Kind { get; private set; }

    public RepeatedField<ByteString> Strings => _strings.Values;

    public RepeatedField<float> Floats => _floats.Values;

    public RepeatedField<long> Longs => _longs.Values;

    /// <summary>How many values its list has.</summary>
    public int Count => Strings.Count + Floats.Count + Longs.Count;

    public void Clear()
    {
        Kind = null;
        Strings.Clear();
        Floats.Clear();
        Longs.Clear();
    }

    public override void InternalMergeFrom(ref ParseContext input)
    {
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            switch (tag)
            {
                case BytesList:
                    input.ReadMessage(Begin(FeatureKind.Bytes, _strings));
                    break;
                case FloatList:
                    input.ReadMessage(Begin(FeatureKind.Float, _floats));
                    break;
                case Int64List:
                    input.ReadMessage(Begin(FeatureKind.Int64, _longs));
                    break;
                default:
                    UnknownFieldSet.MergeFieldFrom(null, ref input);
                    break;
            }
        }
    }

    // A list takes the place of one of another kind; one of the same kind is continued.
    private WireMessage Begin(FeatureKind kind, WireMessage list)
    {
        if (Kind != kind)
        {
            Clear();
            Kind = kind;
        }

        return list;
    }

    private sealed class ValueList<T>(FieldCodec<T> codec, uint unpackedTag) : WireMessage
    {
        public RepeatedField<T> Values { get; } = [];

        public override void InternalMergeFrom(ref ParseContext input)
        {
            for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (tag is PackedOrBytes || tag == unpackedTag)
                {
                    Values.AddEntriesFrom(ref input, codec);
                }
                else
                {
                    UnknownFieldSet.MergeFieldFrom(null, ref input);
                }
            }
        }
    }
}
