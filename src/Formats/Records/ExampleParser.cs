// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>Reads tf.Example messages, one after another, of which certain features are wanted, each with a fixed number of values;
/// others are passed over. Memory is used again from example to example. Not for several threads at once.</summary>
/// <remarks>What tf.parse_single_example does with FixedLenFeature.</remarks>
public sealed class ExampleParser
{
    private readonly ParsedExample _example;
    private readonly Dictionary<string, Wanted> _wanted;

    /// <summary>Creates a parser.</summary>
    /// <param name="features">What every example must have; names are distinct.</param>
    public ExampleParser(params IEnumerable<FixedLengthFeature> features)
    {
        _wanted = features.ToDictionary(feature => feature.Name, feature => new Wanted(feature), StringComparer.Ordinal);
        _example = new ParsedExample(Take);
    }

    /// <summary>Reads an example; its values take the place of those of the one before.</summary>
    /// <param name="record">Its bytes.</param>
    /// <param name="place">Where it is from, to be named if it is not what is wanted.</param>
    /// <exception cref="FeatureException">A feature is missing, of another kind, or has another number of values.</exception>
    /// <exception cref="TFRecordException">It is no tf.Example.</exception>
    public void Parse(ReadOnlySpan<byte> record, TFRecordPlace place)
    {
        foreach (Wanted wanted in _wanted.Values)
        {
            (wanted.IsMissing, wanted.Problem, wanted.OtherCount) = (true, "found none of that name", null);
        }

        try
        {
            _example.MergeFrom(record);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new TFRecordException(place, $"it is no tf.Example ({e.Message})", e);
        }

        foreach (Wanted wanted in _wanted.Values)
        {
            if (wanted.Problem is not null)
            {
                throw new FeatureException(place, wanted.Feature, wanted.Problem)
                {
                    IsMissing = wanted.IsMissing,
                    OtherCount = wanted.OtherCount,
                };
            }
        }
    }

    /// <summary>The values of an integer feature in the example that was read last; overwritten by the next.</summary>
    /// <exception cref="KeyNotFoundException">The parser was not asked for a feature of that name.</exception>
    public ReadOnlySpan<long> Int64(string name) => _wanted[name].Longs;

    /// <summary>The values of a float feature.</summary>
    /// <inheritdoc cref="Int64"/>
    public ReadOnlySpan<float> Floats(string name) => _wanted[name].Floats;

    /// <summary>The values of a feature of byte strings.</summary>
    /// <inheritdoc cref="Int64"/>
    public IReadOnlyList<ReadOnlyMemory<byte>> Bytes(string name) => _wanted[name].Strings;

    private void Take(string name, ParsedFeature found)
    {
        // A feature without a list is one that is missing.
        if (_wanted.TryGetValue(name, out Wanted? wanted) && found.Kind is { } kind)
        {
            wanted.IsMissing = false;
            wanted.Problem = kind == wanted.Feature.Kind && found.Count == wanted.Feature.Length
                ? null
                : $"found {found.Count} of kind {kind.ProtoName()}";
            wanted.OtherCount = kind == wanted.Feature.Kind && wanted.Problem is not null ? found.Count : null;
            wanted.Copy(found);
        }
    }

    private sealed class Wanted(FixedLengthFeature feature)
    {
        public FixedLengthFeature Feature { get; } = feature;

        /// <summary>Whether there is no such feature.</summary>
        public bool IsMissing { get; set; }

        /// <summary>What keeps the values from being those wanted; null where nothing does.</summary>
        public string? Problem { get; set; }

        /// <summary>How many values of the right kind there are, where that is the problem.</summary>
        public int? OtherCount { get; set; }

        public long[] Longs { get; } = new long[feature.Kind == FeatureKind.Int64 ? feature.Length : 0];

        public float[] Floats { get; } = new float[feature.Kind == FeatureKind.Float ? feature.Length : 0];

        public ReadOnlyMemory<byte>[] Strings { get; } = new ReadOnlyMemory<byte>[feature.Kind == FeatureKind.Bytes ? feature.Length : 0];

        public void Copy(ParsedFeature found)
        {
            if (Problem is not null)
            {
                return;
            }

            found.Longs.CopyTo(Longs, 0);
            found.Floats.CopyTo(Floats, 0);
            for (int i = 0; i < Strings.Length; i++)
            {
                Strings[i] = found.Strings[i].Memory;
            }
        }
    }
}
