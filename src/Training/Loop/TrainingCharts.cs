// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Training;

/// <summary>What TensorBoard shows of a run: the numbers of metrics.jsonl as charts, an event for each update.</summary>
internal sealed class TrainingCharts : IDisposable
{
    private readonly EventFile _events;

    /// <summary>Begins a file beside those of earlier parts of the run.</summary>
    /// <param name="folder">Output folder of the run.</param>
    /// <param name="first">Steps that were done before.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public TrainingCharts(string folder, long first) => _events = EventFile.Create(folder, first + 1, TimeProvider.System);

    /// <summary>The file.</summary>
    public string Path => _events.Path;

    /// <summary>Adds an event: loss, learning_rate, gradient_norm, tokens_per_second; in pre-training also masked_lm_loss,
    /// masked_lm_accuracy, next_sentence_loss, next_sentence_accuracy.</summary>
    public void Write(in StepReport report) => _events.Scalars(
        report.Step,
        [
            ("loss", report.Loss),
            ("learning_rate", report.LearningRate),
            ("gradient_norm", report.GradientNorm),
            ("tokens_per_second", report.Tokens / report.Seconds),
            .. report.Pretraining is { } scores ? Charts(scores) : [],
        ]);

    /// <inheritdoc/>
    public void Dispose() => _events.Dispose();

    private static IEnumerable<(string Tag, double Value)> Charts(PretrainingScores scores)
    {
        yield return ("masked_lm_loss", scores.MaskedLmLoss);
        yield return ("masked_lm_accuracy", scores.MaskedLmAccuracy);
        if (scores is { NextSentenceLoss: { } loss, NextSentenceAccuracy: { } accuracy })
        {
            yield return ("next_sentence_loss", loss);
            yield return ("next_sentence_accuracy", accuracy);
        }
    }
}
