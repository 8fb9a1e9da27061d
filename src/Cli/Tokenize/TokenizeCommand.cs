// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text;
using System.Text.Json;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert tokenize</c>: the word pieces of each line.</summary>
internal sealed class TokenizeCommand : Verb
{
    private const string Input = "Input";

    private readonly Flag<string?> _vocabFile =
        new("vocab_file", Input, "vocabulary, one token a line", FlagValues.Text("FILE")) { IsRequired = true };
    private readonly Flag<string?> _inputFile =
        new("input_file", Input, "text, or - for standard input", FlagValues.Text("FILE|-")) { IsRequired = true };
    private readonly Flag<bool> _lowerCase =
        new("do_lower_case", Input, "lower-case and strip accents, as uncased models want it", FlagValues.Boolean, "true");
    private readonly Flag<bool> _jsonLines =
        new("jsonl", Input, "each line is a JSON object with text, and perhaps text_b", FlagValues.Boolean, "false");
    private readonly Flag<bool> _specialTokens =
        new("special_tokens", SharedFlags.Output, "add [CLS] and [SEP]", FlagValues.Boolean, "false");
    private readonly Flag<bool> _tokens = new("tokens", SharedFlags.Output, "print tokens in place of ids", FlagValues.Boolean, "false");
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public TokenizeCommand()
        : base("tokenize", "Print the ids of each line's word pieces, as Google's tokenizer gives them.")
    {
        Options.Add(_vocabFile);
        Options.Add(_inputFile);
        Options.Add(_lowerCase);
        Options.Add(_jsonLines);
        Options.Add(_specialTokens);
        Options.Add(_tokens);
        Options.Add(_format);
        Examples =
        [
            "echo 'the man went to the store' | bert tokenize --vocab-file vocab.txt --input-file -",
            "bert tokenize --vocab-file vocab.txt --input-file text.txt --format json   {\"tokens\",\"ids\",\"offsets\"} a line",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        Vocabulary vocabulary = ModelFiles.ReadVocabulary(arguments.GetRequiredValue(_vocabFile)!);
        var lines = new TokenizedLines(new BertTokenizer(vocabulary, arguments.GetValue(_lowerCase)), arguments.GetValue(_specialTokens));
        var input = new InputLines(arguments.GetRequiredValue(_inputFile)!);
        IEnumerable<TextPair> pairs = arguments.GetValue(_jsonLines)
            ? TextPair.FromJsonLines(input)
            : input.Read().Select(line => new TextPair(line, null));
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            PrintJson(pairs, lines);
        }
        else
        {
            PrintText(pairs, lines, arguments.GetValue(_tokens));
        }

        return ExitCode.Done;
    }

    private static void PrintText(IEnumerable<TextPair> pairs, TokenizedLines lines, bool asTokens)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        foreach (TextPair pair in pairs)
        {
            output.Write(asTokens ? string.Join(' ', lines.Tokens(pair).Select(token => token.Text)) : string.Join(' ', lines.Ids(pair)));
            output.Write('\n');
        }
    }

    private static void PrintJson(IEnumerable<TextPair> pairs, TokenizedLines lines)
    {
        using var output = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        using var json = new Utf8JsonWriter(output, JsonOutput.Options);
        foreach (TextPair pair in pairs)
        {
            Write(json, pair, lines.Tokens(pair));
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
        }
    }

    private static void Write(Utf8JsonWriter json, TextPair pair, IReadOnlyList<PairToken> tokens)
    {
        json.WriteStartObject();
        WriteArray(json, "tokens", tokens, static (json, token) => json.WriteStringValue(token.Text));
        WriteArray(json, "ids", tokens, static (json, token) => json.WriteNumberValue(token.Id));
        WriteArray(json, "offsets", tokens, static (json, token) =>
        {
            json.WriteStartArray();
            json.WriteNumberValue(token.Start);
            json.WriteNumberValue(token.End);
            json.WriteEndArray();
        });
        if (pair.TextB is not null)
        {
            WriteArray(json, "token_type_ids", tokens, static (json, token) => json.WriteNumberValue(token.TypeId));
        }

        json.WriteEndObject();
    }

    private static void WriteArray(
        Utf8JsonWriter json, string name, IReadOnlyList<PairToken> tokens, Action<Utf8JsonWriter, PairToken> write)
    {
        json.WriteStartArray(name);
        foreach (PairToken token in tokens)
        {
            write(json, token);
        }

        json.WriteEndArray();
    }
}
