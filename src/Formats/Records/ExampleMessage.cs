// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Example { features = 1 }, Features { map&lt;string, Feature&gt; feature = 1 }, a map's entries being messages
/// { key = 1, value = 2 }: to be written.</summary>
/// <remarks>tensorflow/core/example/{example,feature}.proto.</remarks>
internal sealed class ExampleMessage : WireMessage
{
    private const byte FirstField = (1 << 3) | 2, SecondField = (2 << 3) | 2;

    private ExampleFeature[] _features = new ExampleFeature[8];
    private int _count;

    /// <summary>How many features it has.</summary>
    public int Count => _count;

    public void Clear() => _count = 0;

    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Insert(in ExampleFeature feature)
    {
        int place = _count;
        int order = 0;
        while (place > 0 && (order = _features[place - 1].Name.Span.SequenceCompareTo(feature.Name.Span)) > 0)
        {
            place--;
        }

        if (place > 0 && order == 0)
        {
            throw new ArgumentException($"The example has two features '{feature.Name.ToStringUtf8()}'.", nameof(feature));
        }

        if (_count == _features.Length)
        {
            Array.Resize(ref _features, 2 * _count);
        }

        Array.Copy(_features, place, _features, place + 1, _count - place);
        _features[place] = feature;
        _count++;
    }

    public override int CalculateSize() => ExampleFeature.WithTagAndLength(FeaturesBytes());

    public override void InternalWriteTo(ref WriteContext output)
    {
        output.WriteRawTag(FirstField);
        output.WriteLength(FeaturesBytes());
        foreach (ref readonly ExampleFeature feature in _features.AsSpan(0, _count))
        {
            output.WriteRawTag(FirstField);
            output.WriteLength(feature.EntryBytes);
            output.WriteRawTag(FirstField);
            output.WriteBytes(feature.Name);
            output.WriteRawTag(SecondField);
            output.WriteLength(ExampleFeature.WithTagAndLength(feature.ListBytes));
            feature.WriteList(ref output);
        }
    }

    private int FeaturesBytes()
    {
        int bytes = 0;
        foreach (ref readonly ExampleFeature feature in _features.AsSpan(0, _count))
        {
            bytes = checked(bytes + ExampleFeature.WithTagAndLength(feature.EntryBytes));
        }

        return bytes;
    }
}
