// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Training;

/// <summary>metrics.jsonl: a line for each update.</summary>
public sealed class MetricsLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Begins the file anew.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public MetricsLog(string path) => _stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);

    /// <summary>Adds a line: step, loss, learning_rate, gradient_norm, tokens, seconds; in pre-training also masked_lm_loss,
    /// masked_lm_accuracy, next_sentence_loss, next_sentence_accuracy.</summary>
    public void Write(in StepReport report)
    {
        using (var json = new Utf8JsonWriter(_stream))
        {
            json.WriteStartObject();
            json.WriteNumber("step", report.Step);
            json.WriteNumber("loss", report.Loss);
            if (report.Pretraining is { } scores)
            {
                Write(json, scores);
            }

            json.WriteNumber("learning_rate", report.LearningRate);
            json.WriteNumber("gradient_norm", report.GradientNorm);
            json.WriteNumber("tokens", report.Tokens);
            json.WriteNumber("seconds", Math.Round(report.Seconds, 6));
            json.WriteEndObject();
        }

        _stream.WriteByte((byte)'\n');
        _stream.Flush();
    }

    private static void Write(Utf8JsonWriter json, in PretrainingScores scores)
    {
        json.WriteNumber("masked_lm_loss", scores.MaskedLmLoss);
        json.WriteNumber("masked_lm_accuracy", scores.MaskedLmAccuracy);
        if (scores is { NextSentenceLoss: { } loss, NextSentenceAccuracy: { } accuracy })
        {
            json.WriteNumber("next_sentence_loss", loss);
            json.WriteNumber("next_sentence_accuracy", accuracy);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
