// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Example { features = 1 }, Features { map&lt;string, Feature&gt; feature = 1 }: to be read. Its memory is used again for the
/// next example.</summary>
/// <param name="found">Is given each feature as it comes; of two with one name the last is meant. The feature is used again after.</param>
internal sealed class ParsedExample(Action<string, ParsedFeature> found) : WireMessage
{
    private const uint FirstField = (1 << 3) | 2, SecondField = (2 << 3) | 2;

    private readonly Features _features = new(found);

    public override void InternalMergeFrom(ref ParseContext input)
    {
        for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            if (tag == FirstField)
            {
                input.ReadMessage(_features);
            }
            else
            {
                UnknownFieldSet.MergeFieldFrom(null, ref input);
            }
        }
    }

    private sealed class Features(Action<string, ParsedFeature> found) : WireMessage
    {
        private readonly Entry _entry = new();

        public override void InternalMergeFrom(ref ParseContext input)
        {
            for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                if (tag == FirstField)
                {
                    _entry.Clear();
                    input.ReadMessage(_entry);
                    found(_entry.Key, _entry.Value);
                }
                else
                {
                    UnknownFieldSet.MergeFieldFrom(null, ref input);
                }
            }
        }
    }

    private sealed class Entry : WireMessage
    {
        public string Key { get; private set; } = "";

        public ParsedFeature Value { get; } = new();

        public void Clear()
        {
            Key = "";
            Value.Clear();
        }

        public override void InternalMergeFrom(ref ParseContext input)
        {
            for (uint tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                switch (tag)
                {
                    case FirstField:
                        Key = input.ReadString();
                        break;
                    case SecondField:
                        input.ReadMessage(Value);
                        break;
                    default:
                        UnknownFieldSet.MergeFieldFrom(null, ref input);
                        break;
                }
            }
        }
    }
}
