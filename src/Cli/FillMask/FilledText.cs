// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>A text and what the model puts in the place of its [MASK]s.</summary>
/// <param name="Text">As the user wrote it.</param>
/// <param name="Positions">Of its [MASK]s among the tokens, [CLS] being at 0.</param>
/// <param name="Predictions">For each of them the most probable tokens.</param>
/// <param name="Vocabulary">Their names.</param>
internal sealed record FilledText(string Text, int[] Positions, TokenProbability[][] Predictions, Vocabulary Vocabulary)
{
    /// <summary>The text, and below it a line for each token.</summary>
    public void Write(TextWriter output)
    {
        output.Write($"{Text}\n");
        for (int i = 0; i < Positions.Length; i++)
        {
            if (Positions.Length > 1)
            {
                output.Write($"  {MaskedTextEncoder.MaskToken} {i + 1} of {Positions.Length}\n");
            }

            foreach (TokenProbability prediction in Predictions[i])
            {
                output.Write(string.Create(
                    CultureInfo.InvariantCulture, $"  {prediction.Probability:F4}  {Vocabulary[prediction.Id]}\n"));
            }
        }
    }

    /// <summary>One object: {"text", "masks": [{"position", "predictions": [{"token", "id", "probability"}]}]}.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("text", Text);
        json.WriteStartArray("masks");
        for (int i = 0; i < Positions.Length; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("position", Positions[i]);
            json.WriteStartArray("predictions");
            foreach (TokenProbability prediction in Predictions[i])
            {
                json.WriteStartObject();
                json.WriteString("token", Vocabulary[prediction.Id]);
                json.WriteNumber("id", prediction.Id);
                json.WriteFinite("probability", prediction.Probability);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
