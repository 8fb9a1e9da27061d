// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;

namespace BertManaged.Training;

/// <summary>metrics.jsonl: a line for each update.</summary>
public sealed class MetricsLog : IDisposable
{
    private readonly FileStream _stream;

    /// <summary>Opens the file where a run begins or goes on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lastStep">Step that the run goes on after: later lines are of steps that are done again, and are dropped, as is
    /// one that is cut short. 0 to begin the file anew.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public MetricsLog(string path, long lastStep = 0)
    {
        _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        _stream.SetLength(lastStep == 0 ? 0 : EndOf(lastStep));
        _stream.Seek(0, SeekOrigin.End);
    }

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

    /// <summary>Makes the lines so far last through a power cut, as the checkpoint that is about to be written will.</summary>
    public void FlushToDisk() => _stream.Flush(flushToDisk: true);

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

    /// <summary>Where the line of a step ends, or the last whole one before it.</summary>
    private long EndOf(long lastStep)
    {
        // In Latin-1 a character is a byte.
        using var reader = new StreamReader(_stream, Encoding.Latin1, leaveOpen: true);
        long end = 0;
        while (reader.ReadLine() is { } line && StepOf(line) <= lastStep && end + line.Length < _stream.Length)
        {
            end += line.Length + 1;
        }

        return end;
    }

    private static long StepOf(string line)
    {
        try
        {
            return JsonElement.Parse(line).GetProperty("step").GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return long.MaxValue;
        }
    }
}
