// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>What goes through the model: ids, texts, or a batch file.</summary>
internal sealed class ForwardInput
{
    private const string Group = "Input (one of ids, text, batch)";

    private readonly Flag<string?> _ids = new("ids", Group, "ids of one sequence", FlagValues.Text("\"101 7592 102\""));
    private readonly Flag<string?> _types = new("token_types", Group, "its token types [all 0]", FlagValues.Text("\"0 0 0\""));
    private readonly Flag<string?> _text = new("text", Group, "a text, to which [CLS] and [SEP] are added", FlagValues.Text("TEXT"));
    private readonly Flag<string?> _textB = new("text_b", Group, "a second text", FlagValues.Text("TEXT"));
    private readonly Flag<string?> _vocabFile = new("vocab_file", Group, "vocabulary for texts [the model's]", FlagValues.Text("FILE"));
    private readonly Flag<bool?> _lowerCase =
        new("do_lower_case", Group, "lower-case texts [true, or the model's]", FlagValues.Optional(FlagValues.Boolean));
    private readonly Flag<string?> _batch =
        new("batch", Group, "JSON with ragged lists input_ids, token_type_ids", FlagValues.Text("FILE.json"));

    public void AddTo(Command verb)
    {
        foreach (Option option in new Option[] { _ids, _types, _text, _textB, _vocabFile, _lowerCase, _batch })
        {
            verb.Options.Add(option);
        }
    }

    /// <exception cref="OptionsException">None or several ways of input, or one that does not fit the model.</exception>
    /// <exception cref="InputFileException">The batch file does not fit the model.</exception>
    public TokenBatch Read(ParseResult arguments, InspectedModel model)
    {
        (string? ids, string? text, string? batchFile) = (arguments.GetValue(_ids), arguments.GetValue(_text), arguments.GetValue(_batch));
        if (new[] { ids, text, batchFile }.Count(value => value is not null) != 1)
        {
            throw new OptionsException("expected one of --ids, --text and --batch");
        }

        if (batchFile is not null)
        {
            var file = new BatchFile(batchFile);
            TokenBatch batch = file.Tokens();
            batch.Check(model.Config, file.Wrong);
            return batch;
        }

        TokenBatch single = ids is null ? FromText(text!, arguments, model) : FromIds(ids, arguments.GetValue(_types));
        single.Check(model.Config, problem => new OptionsException($"{(ids is null ? _text : _ids).Name}: {problem}"));
        return single;
    }

    private TokenBatch FromIds(string ids, string? types) =>
        new([Numbers(ids, _ids.Name)], types is null ? null : [Numbers(types, _types.Name)]);

    private static int[] Numbers(string text, string flag) =>
    [
        .. text.Split([' ', ',', '\t'], StringSplitOptions.RemoveEmptyEntries).Select(word =>
            int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                ? number
                : throw new OptionsException($"{flag}: expected whole numbers, found '{word}'")),
    ];

    private TokenBatch FromText(string text, ParseResult arguments, InspectedModel model)
    {
        Vocabulary vocabulary = arguments.GetValue(_vocabFile) is { } file
            ? ModelFiles.ReadVocabulary(file)
            : model.Files.TryReadVocabulary()
                ?? throw new OptionsException($"{model.Files.Location} has no vocab.txt; give {_vocabFile.Name}");
        bool lowerCase = arguments.GetValue(_lowerCase) ?? model.Files.LowerCase() ?? true;
        var encoder = new PairEncoder(new BertTokenizer(vocabulary, lowerCase), Math.Max(3, model.Config.MaxPositionEmbeddings));
        SequenceEncoding encoding = encoder.Encode(text, arguments.GetValue(_textB));
        return new TokenBatch([encoding.InputIds], [encoding.TokenTypeIds]);
    }
}
