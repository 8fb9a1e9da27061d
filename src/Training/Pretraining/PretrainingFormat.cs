// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>What examples must look like: the features that create_pretraining_data.py writes, and the bounds of their ids.</summary>
/// <remarks>google-research/bert run_pretraining.py, input_fn_builder.</remarks>
/// <param name="MaxSeqLength">Values of input_ids, input_mask and segment_ids.</param>
/// <param name="MaxPredictions">Values of masked_lm_positions, masked_lm_ids and masked_lm_weights.</param>
/// <param name="VocabSize">Bound of token ids.</param>
/// <param name="TypeVocabSize">Bound of segment ids.</param>
/// <param name="NextSentence">Whether next_sentence_labels is wanted.</param>
public sealed record PretrainingFormat(int MaxSeqLength, int MaxPredictions, int VocabSize, int TypeVocabSize, bool NextSentence)
{
    /// <summary>The features, for a parser.</summary>
    public IEnumerable<FixedLengthFeature> Features =>
    [
        new("input_ids", FeatureKind.Int64, MaxSeqLength),
        new("input_mask", FeatureKind.Int64, MaxSeqLength),
        new("segment_ids", FeatureKind.Int64, MaxSeqLength),
        new("masked_lm_positions", FeatureKind.Int64, MaxPredictions),
        new("masked_lm_ids", FeatureKind.Int64, MaxPredictions),
        new("masked_lm_weights", FeatureKind.Float, MaxPredictions),
        .. NextSentence ? [new FixedLengthFeature("next_sentence_labels", FeatureKind.Int64, 1)] : Array.Empty<FixedLengthFeature>(),
    ];
}
