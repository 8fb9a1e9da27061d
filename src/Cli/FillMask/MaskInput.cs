// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>Texts with [MASK]: one of the command line, or one in each line of a file.</summary>
internal sealed class MaskInput
{
    private const string Group = "Input (one of text, input_file)";

    private readonly Flag<string?> _text =
        new("text", Group, "a text in which [MASK] stands for a token, or several do", FlagValues.Text("TEXT"));
    private readonly Flag<string?> _inputFile =
        new("input_file", Group, "one text a line, or - for standard input", FlagValues.Text("FILE|-"));

    public void AddTo(Command verb)
    {
        verb.Options.Add(_text);
        verb.Options.Add(_inputFile);
    }

    /// <summary>The texts, encoded, one after another.</summary>
    /// <param name="arguments">Of the user.</param>
    /// <param name="encoder">Of the model.</param>
    /// <param name="maxLength">Most tokens that the model takes.</param>
    /// <exception cref="OptionsException">None or both ways of input, or a text that cannot be asked about.</exception>
    /// <exception cref="InputFileException">A line that cannot be asked about.</exception>
    public IEnumerable<(string Text, MaskedText Encoded)> Read(ParseResult arguments, MaskedTextEncoder encoder, int maxLength)
    {
        (string? text, string? file) = (arguments.GetValue(_text), arguments.GetValue(_inputFile));
        if (text is null == file is null)
        {
            throw new OptionsException($"expected one of {_text.Name} and {_inputFile.Name}");
        }

        if (text is not null)
        {
            return [(text, Checked(text, encoder, maxLength, problem => new OptionsException($"{_text.Name}: {problem}")))];
        }

        var lines = new InputLines(file!);
        return Lines(lines).Select((line, i) =>
            (line, Checked(line, encoder, maxLength, problem => new InputFileException(lines.Name, $"line {i + 1}: {problem}"))));
    }

    private static IEnumerable<string> Lines(InputLines lines)
    {
        bool isEmpty = true;
        foreach (string line in lines.Read())
        {
            isEmpty = false;
            yield return line;
        }

        if (isEmpty)
        {
            throw new InputFileException(lines.Name, $"expected a text with {MaskedTextEncoder.MaskToken} in each line, found nothing");
        }
    }

    private static MaskedText Checked(string text, MaskedTextEncoder encoder, int maxLength, Func<string, Exception> wrong)
    {
        MaskedText encoded = encoder.Encode(text);
        if (encoded.MaskPositions.Length == 0)
        {
            throw wrong(
                $"expected {MaskedTextEncoder.MaskToken} in the text, in capitals, found none; write it where a token is to be found");
        }

        return encoded.InputIds.Length <= maxLength
            ? encoded
            : throw wrong(
                $"the text has {encoded.InputIds.Length} tokens with [CLS] and [SEP], but the model takes at most {maxLength}; shorten it");
    }
}
