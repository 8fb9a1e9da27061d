// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli;

/// <summary>A text, or two, to be tokenized together.</summary>
/// <param name="TextA">The first.</param>
/// <param name="TextB">The second; null for none.</param>
internal sealed record TextPair(string TextA, string? TextB)
{
    /// <summary>One object with text, and perhaps text_b, per line.</summary>
    /// <exception cref="InputFileException">A line is none.</exception>
    public static IEnumerable<TextPair> FromJsonLines(InputLines input) => input.Read().Select((line, i) => Parse(line, input.Name, i + 1));

    private static TextPair Parse(string line, string file, int number)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && Text(document.RootElement, "text") is { } text
                ? new TextPair(text, Text(document.RootElement, "text_b"))
                : throw new InputFileException(
                    file, $"line {number} should be a JSON object with a string \"text\", found {Shortened(line)}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InputFileException(
                file, $"line {number} should be a JSON object whose text and text_b are strings, found {Shortened(line)}");
        }
    }

    private static string? Text(JsonElement line, string key) => line.TryGetProperty(key, out JsonElement value) ? value.GetString() : null;

    private static string Shortened(string line) => line.Length <= 40 ? $"'{line}'" : $"'{line[..40]}…'";
}
