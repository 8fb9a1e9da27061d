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

    /// <summary>Adds a line: step, loss, learning_rate, gradient_norm, tokens, seconds.</summary>
    public void Write(in StepReport report)
    {
        using (var json = new Utf8JsonWriter(_stream))
        {
            json.WriteStartObject();
            json.WriteNumber("step", report.Step);
            json.WriteNumber("loss", report.Loss);
            json.WriteNumber("learning_rate", report.LearningRate);
            json.WriteNumber("gradient_norm", report.GradientNorm);
            json.WriteNumber("tokens", report.Tokens);
            json.WriteNumber("seconds", Math.Round(report.Seconds, 6));
            json.WriteEndObject();
        }

        _stream.WriteByte((byte)'\n');
        _stream.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();
}
