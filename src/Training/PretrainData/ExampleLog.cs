// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>Shows examples as Google's program logs the first of a run.</summary>
/// <param name="vocabulary">What tokens are called.</param>
/// <param name="log">Where the lines go.</param>
internal sealed class ExampleLog(Vocabulary vocabulary, Action<string> log)
{
    /// <summary>How many examples are logged.</summary>
    public const int Count = 20;

    /// <summary>Logs an example.</summary>
    public void Show(ExampleFeatures example)
    {
        log("*** Example ***");
        log($"tokens: {string.Join(' ', example.InputIds.Take(example.TokenCount).Select(id => vocabulary[id]))}");
        Show("input_ids", example.InputIds);
        Show("input_mask", example.InputMask);
        Show("segment_ids", example.SegmentIds);
        Show("masked_lm_positions", example.MaskedLmPositions);
        Show("masked_lm_ids", example.MaskedLmIds);
        log($"masked_lm_weights: {string.Join(' ', example.MaskedLmWeights.Select(w => w.ToString("F1", CultureInfo.InvariantCulture)))}");
        Show("next_sentence_labels", example.NextSentenceLabels);
    }

    private void Show(string name, int[] values) => log($"{name}: {string.Join(' ', values)}");
}
