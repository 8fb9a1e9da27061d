// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training.Tests;

/// <summary>An example as a file has it.</summary>
internal sealed record StoredExample(
    int[] InputIds, int[] InputMask, int[] SegmentIds, int[] Positions, int[] Labels, float[] Weights, int NextSentence)
{
    /// <summary>How many masked tokens there are.</summary>
    public int MaskedCount => (int)Weights.Sum();

    /// <summary>How many tokens there are.</summary>
    public int TokenCount => InputMask.Sum();

    /// <summary>The tokens before they were masked.</summary>
    public int[] OriginalIds()
    {
        int[] ids = InputIds[..TokenCount];
        for (int i = 0; i < MaskedCount; i++)
        {
            ids[Positions[i]] = Labels[i];
        }

        return ids;
    }

    /// <summary>The two texts before they were masked.</summary>
    public (int[] A, int[] B) Texts()
    {
        int[] ids = OriginalIds();
        int lengthA = SegmentIds.AsSpan(0, TokenCount).IndexOf(1) - 2;
        return (ids[1..(1 + lengthA)], ids[(lengthA + 2)..^1]);
    }

    /// <summary>All examples of a file.</summary>
    public static List<StoredExample> ReadAll(string path, PretrainDataOptions options)
    {
        int length = options.MaxSeqLength, masks = options.MaxPredictionsPerSeq;
        ExampleParser parser = new(
            new("input_ids", FeatureKind.Int64, length), new("input_mask", FeatureKind.Int64, length),
            new("segment_ids", FeatureKind.Int64, length), new("masked_lm_positions", FeatureKind.Int64, masks),
            new("masked_lm_ids", FeatureKind.Int64, masks), new("masked_lm_weights", FeatureKind.Float, masks),
            new("next_sentence_labels", FeatureKind.Int64, 1));
        using TFRecordReader reader = TFRecordReader.Open(path);
        List<StoredExample> examples = [];
        while (reader.TryRead(out ReadOnlySpan<byte> record))
        {
            parser.Parse(record, reader.Place);
            examples.Add(new StoredExample(
                Ints("input_ids"), Ints("input_mask"), Ints("segment_ids"), Ints("masked_lm_positions"), Ints("masked_lm_ids"),
                parser.Floats("masked_lm_weights").ToArray(), Ints("next_sentence_labels")[0]));
        }

        return examples;

        int[] Ints(string name) => Array.ConvertAll(parser.Int64(name).ToArray(), value => (int)value);
    }
}
