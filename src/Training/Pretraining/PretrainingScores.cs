// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>How well the two tasks of pre-training went on a batch.</summary>
/// <param name="MaskedLmLoss">Σ w·l / (Σ w + 1e-5), in nats.</param>
/// <param name="MaskedLmAccuracy">Weighted share of masked tokens that scored highest, in [0, 1].</param>
/// <param name="NextSentenceLoss">Mean over the sequences; null without this task.</param>
/// <param name="NextSentenceAccuracy">Share of right answers; null without this task.</param>
public readonly record struct PretrainingScores(
    double MaskedLmLoss, double MaskedLmAccuracy, double? NextSentenceLoss, double? NextSentenceAccuracy);
