// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>Examples as the bytes of records. Not for several threads at once.</summary>
/// <param name="features">Where each example's numbers are put together.</param>
internal sealed class ExampleRecords(ExampleFeatures features)
{
    private readonly ExampleEncoder _encoder = new();

    /// <summary>The bytes of an example, valid until the next call: features in ascending order of their names, which is the one form
    /// of a tf.Example that every implementation can repeat.</summary>
    public ReadOnlySpan<byte> Encode(in SegmentPair pair, ReadOnlySpan<MaskedToken> masked)
    {
        features.Fill(pair, masked);
        _encoder.Clear();
        _encoder.Add("input_ids", features.InputIds);
        _encoder.Add("input_mask", features.InputMask);
        _encoder.Add("masked_lm_ids", features.MaskedLmIds);
        _encoder.Add("masked_lm_positions", features.MaskedLmPositions);
        _encoder.Add("masked_lm_weights", features.MaskedLmWeights);
        _encoder.Add("next_sentence_labels", features.NextSentenceLabels);
        _encoder.Add("segment_ids", features.SegmentIds);
        return _encoder.Encode();
    }
}
