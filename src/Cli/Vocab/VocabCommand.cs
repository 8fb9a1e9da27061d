// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Diagnostics;
using BertManaged.Text.Learning;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert vocab</c>: learns a WordPiece vocabulary from text.</summary>
internal sealed class VocabCommand : Verb
{
    private const string Input = "Input";
    private const string Learning = "Learning";

    private readonly Flag<string?> _inputFile = new(
        "input_file", Input, "text in UTF-8: names and patterns (* ? [a-z]), separated by commas", FlagValues.Text("FILES"))
    { IsRequired = true };
    private readonly Flag<bool> _lowerCase =
        new("do_lower_case", Input, "lower-case and strip accents, for uncased models", FlagValues.Boolean, "true");
    private readonly Flag<int> _vocabSize =
        new("vocab_size", Learning, "tokens of the vocabulary, special ones included", FlagValues.WholeNumber, "30000");
    private readonly Flag<int> _minFrequency =
        new("min_frequency", Learning, "how often two pieces must meet to become one", FlagValues.WholeNumber, "2");
    private readonly Flag<double> _surplus = new(
        "surplus", Learning, "share of pieces learnt beyond the size, of which the least used are dropped again; 0 as Hugging Face",
        FlagValues.Number, "0.25");
    private readonly Flag<int?> _limitAlphabet = new(
        "limit_alphabet", Learning, "most different characters; words with rarer ones become [UNK] [all]",
        FlagValues.Optional(FlagValues.WholeNumber));
    private readonly Flag<int> _unusedTokens =
        new("unused_tokens", Learning, "tokens [unused0] … behind the special ones, to fill later", FlagValues.WholeNumber, "0");
    private readonly Flag<int> _maxWords = new(
        "max_words", Learning, "distinct words to learn from, the most frequent; bounds memory, more are counted in several passes",
        FlagValues.WholeNumber, "5000000");
    private readonly Flag<int?> _threads = SharedFlags.Threads();
    private readonly Flag<string?> _outputFile =
        new("output_file", SharedFlags.Output, "vocabulary to write, one token a line", FlagValues.Text("FILE")) { IsRequired = true };
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public VocabCommand()
        : base("vocab", "Learn a WordPiece vocabulary from text, on all cores and bounded memory.")
    {
        foreach (Option option in new Option[]
        {
            _inputFile, _lowerCase, _vocabSize, _minFrequency, _surplus, _limitAlphabet, _unusedTokens, _maxWords, _threads, _outputFile,
            _format,
        })
        {
            Options.Add(option);
        }

        Examples =
        [
            "bert vocab --input-file 'texts/*.txt' --vocab-size 8000 --output-file vocab.txt",
            "bert vocab --input-file a.txt,b.txt --nodo_lower_case --vocab-size 30000 --limit-alphabet 1000 --output-file vocab.txt",
        ];
    }

    protected override int Run(ParseResult arguments)
    {
        VocabularyOptions options = Read(arguments);
        using var interruption = new Interruption();
        var watch = Stopwatch.StartNew();
        VocabularyResult result;
        try
        {
            result = VocabularyTraining.Run(options, interruption.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(Interruption.NothingWritten);
            return interruption.Code;
        }

        var report = new VocabReport(result, options);
        report.Talk(Console.Error, watch.Elapsed);
        report.Print(arguments.GetValue(_format));
        return ExitCode.Done;
    }

    private VocabularyOptions Read(ParseResult arguments)
    {
        int? threads = arguments.GetValue(_threads);
        Backends.RequireThreads(threads);
        return new VocabularyOptions
        {
            InputFiles = InputFiles.Expand(arguments.GetRequiredValue(_inputFile)!, _inputFile.Name),
            OutputFile = arguments.GetRequiredValue(_outputFile)!,
            LowerCase = arguments.GetValue(_lowerCase),
            Recipe = Recipe(arguments),
            MaxWords = arguments.GetValue(_maxWords),
            Threads = threads ?? Environment.ProcessorCount,
        };
    }

    private VocabularyRecipe Recipe(ParseResult arguments) => new()
    {
        VocabSize = arguments.GetValue(_vocabSize),
        MinFrequency = arguments.GetValue(_minFrequency),
        Surplus = arguments.GetValue(_surplus),
        LimitAlphabet = arguments.GetValue(_limitAlphabet),
        UnusedTokens = arguments.GetValue(_unusedTokens),
    };
}
