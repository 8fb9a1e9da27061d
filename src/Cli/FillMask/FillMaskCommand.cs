// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Text;
using System.Text.Json;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert fill-mask</c>: the tokens that a model puts in the place of [MASK].</summary>
internal sealed class FillMaskCommand : Verb
{
    /// <summary>Texts that go through the model together; no result depends on it.</summary>
    private const int TextsPerPass = 16;

    private const string Group = "Model";

    private readonly MaskInput _input = new();
    private readonly Flag<string?> _model = new(
        "model", Group, "Hugging Face folder, TensorFlow prefix or folder, released .zip, or .safetensors", FlagValues.Text("PATH"))
    { IsRequired = true };
    private readonly Flag<string?> _config =
        new("bert_config_file", Group, "config [the one beside the weights]", FlagValues.Text("FILE"));
    private readonly Flag<string?> _vocabFile = new("vocab_file", Group, "vocabulary [the model's]", FlagValues.Text("FILE"));
    private readonly Flag<bool?> _lowerCase =
        new("do_lower_case", Group, "lower-case texts [true, or the model's]", FlagValues.Optional(FlagValues.Boolean));
    private readonly Flag<GeluForm?> _gelu = new(
        "gelu", Group, "form of \"gelu\" [as the config's publisher computes it]",
        FlagValues.Optional(FlagValues.OneOf(("erf", GeluForm.Erf), ("tanh", GeluForm.Tanh))));
    private readonly Flag<BackendKind> _backend = SharedFlags.Backend();
    private readonly Flag<int?> _threads = SharedFlags.Threads();
    private readonly Flag<int> _topK =
        new("top_k", SharedFlags.Output, "how many tokens are shown for each [MASK]", FlagValues.WholeNumber, "5");
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public FillMaskCommand()
        : base("fill-mask", "Show the tokens that a model with a masked-LM head puts in the place of [MASK].")
    {
        _input.AddTo(this);
        foreach (Option option in new Option[]
        {
            _model, _config, _vocabFile, _lowerCase, _gelu, _backend, _threads, _topK, _format,
        })
        {
            Options.Add(option);
        }

        Examples =
        [
            "bert fill-mask --model bert-base-uncased --text 'The capital of France is [MASK].' --top_k 5",
            "bert fill-mask --model uncased_L-12_H-768_A-12.zip --input-file texts.txt --format json   one object a line",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        using var model = new InspectedModel(
            arguments.GetRequiredValue(_model)!, arguments.GetValue(_config), arguments.GetValue(_gelu));
        BertTokenizer tokenizer = Tokenizer(arguments, model);
        int topK = TopK(arguments, model.Config);
        IEnumerable<(string Text, MaskedText Encoded)> texts =
            _input.Read(arguments, new MaskedTextEncoder(tokenizer), model.Config.MaxPositionEmbeddings);

        using IBackend backend = Backends.Create(arguments.GetValue(_backend), arguments.GetValue(_threads));
        var filling = new MaskFilling(Load(model, backend), backend);
        IEnumerable<FilledText> filled = texts.Chunk(TextsPerPass).SelectMany(pass => filling
            .Probabilities([.. pass.Select(text => text.Encoded)])
            .Zip(pass, (masks, text) => new FilledText(
                text.Text, text.Encoded.MaskPositions, Array.ConvertAll(masks, mask => TokenProbability.Top(mask, topK)),
                tokenizer.Vocabulary)));
        Print(filled, arguments.GetValue(_format));
        return ExitCode.Done;
    }

    private BertTokenizer Tokenizer(ParseResult arguments, InspectedModel model)
    {
        Vocabulary vocabulary = arguments.GetValue(_vocabFile) is { } file
            ? ModelFiles.ReadVocabulary(file)
            : model.Files.TryReadVocabulary()
                ?? throw new OptionsException($"{model.Files.Location} has no vocab.txt; give {_vocabFile.Name}");
        return vocabulary.Count == model.Config.VocabSize
            ? new BertTokenizer(vocabulary, arguments.GetValue(_lowerCase) ?? model.Files.LowerCase() ?? true)
            : throw new OptionsException(
                $"{vocabulary.SourceName} has {vocabulary.Count} tokens, but the config's vocab_size is {model.Config.VocabSize}; "
                + "give the vocabulary that belongs to the model");
    }

    private int TopK(ParseResult arguments, BertConfig config) =>
        arguments.GetValue(_topK) is var count && count >= 1 && count <= config.VocabSize
            ? count
            : throw new OptionsException(
                $"{_topK.Name}={count}: expected a whole number from 1 to {config.VocabSize}, the tokens there are");

    private static BertForMaskedLm Load(InspectedModel model, IBackend backend)
    {
        ParameterSource source = model.Source(backend);
        var masked = new BertForMaskedLm(source, model.Config);
        if (masked.Parameters.Select(parameter => parameter.Name).Intersect(source.Initialised).ToArray() is [{ } missing, ..])
        {
            throw new MissingWeightException(
                $"{model.Files.Location}: it has no whole masked-LM head ({missing} is missing), so that it cannot fill [MASK]; "
                + "name a model as pre-training leaves it");
        }

        return masked;
    }

    private static void Print(IEnumerable<FilledText> texts, OutputFormat format)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16);
        foreach (FilledText text in texts)
        {
            if (format == OutputFormat.Text)
            {
                text.Write(output);
                continue;
            }

            output.Flush();
            using (var json = new Utf8JsonWriter(output.BaseStream, JsonOutput.Options))
            {
                text.Write(json);
            }

            output.Write('\n');
        }
    }
}
