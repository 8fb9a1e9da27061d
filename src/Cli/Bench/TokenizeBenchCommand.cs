// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary><c>bert bench tokenize</c>: text to ids, line by line.</summary>
internal sealed class TokenizeBenchCommand : Verb
{
    private const string Input = "Input";

    private readonly Flag<string?> _input =
        new("input", Input, "text; its lines are tokenized one by one [the bundled novelists]", FlagValues.Text("FILE|-"));
    private readonly Flag<string?> _vocabFile =
        new("vocab_file", Input, "vocabulary, one token a line [the bundled one]", FlagValues.Text("FILE"));
    private readonly Flag<bool> _lowerCase =
        new("do_lower_case", Input, "lower-case and strip accents, as uncased models want it", FlagValues.Boolean, "true");
    private readonly Flag<int> _steps = BenchFlags.Steps();
    private readonly Flag<int> _threads =
        new Flag<int>("threads", SharedFlags.Computing, "threads, each with its share of the lines", FlagValues.WholeNumber, "1")
            .Or("jobs");
    private readonly Flag<OutputFormat> _format = SharedFlags.Format();

    public TokenizeBenchCommand()
        : base("tokenize", "Measure the tokenizer: a text to ids.")
    {
        foreach (Option option in new Option[] { _input, _vocabFile, _lowerCase, _steps, _threads, _format })
        {
            Options.Add(option);
        }

        Examples = ["bert bench tokenize", "bert bench tokenize --input novel.txt --vocab-file vocab.txt --threads 2"];
    }

    protected override int Run(ParseResult arguments)
    {
        int threads = arguments.GetValue(_threads), steps = BenchFlags.ReadSteps(arguments, _steps);
        Backends.RequireThreads(threads);
        Vocabulary vocabulary = arguments.GetValue(_vocabFile) is { } file ? ModelFiles.ReadVocabulary(file) : NovelistsText.Vocabulary();
        string[] lines = arguments.GetValue(_input) is { } input ? Lines(input) : [.. NovelistsText.Passages()];
        var passes = new TokenizePasses(new BertTokenizer(vocabulary, arguments.GetValue(_lowerCase)), lines, threads);
        passes.Run(steps);
        if (arguments.GetValue(_format) == OutputFormat.Json)
        {
            JsonOutput.Print(json => Write(json, passes, lines, threads));
        }
        else
        {
            Print(passes, lines, threads);
        }

        return ExitCode.Done;
    }

    /// <exception cref="InputFileException">There is no line.</exception>
    private static string[] Lines(string file)
    {
        var input = new InputLines(file);
        string[] lines = [.. input.Read()];
        return lines.Length > 0 ? lines : throw new InputFileException(input.Name, "expected a text, found an empty file");
    }

    private static void Print(TokenizePasses passes, string[] lines, int threads)
    {
        string tokens = passes.TokensPerSecond.ToString("F0", CultureInfo.InvariantCulture);
        string median = passes.Durations.MedianMilliseconds.ToString("F2", CultureInfo.InvariantCulture);
        string fastest = passes.Durations.MinMilliseconds.ToString("F2", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"tokenize {lines.Length} lines, {passes.TokensPerPass} tokens, {threads} threads");
        Console.Out.WriteLine($"{tokens} tokens per second; {median} ms for all lines, {fastest} ms at best");
    }

    private static void Write(Utf8JsonWriter json, TokenizePasses passes, string[] lines, int threads)
    {
        json.WriteStartObject();
        json.WriteString("bench", "tokenize");
        json.WriteNumber("lines", lines.Length);
        json.WriteNumber("tokens_per_step", passes.TokensPerPass);
        json.WriteNumber("threads", threads);
        json.WriteNumber("steps", passes.Durations.Count);
        json.WriteNumber("median_ms", passes.Durations.MedianMilliseconds);
        json.WriteNumber("min_ms", passes.Durations.MinMilliseconds);
        json.WriteNumber("tokens_per_second", passes.TokensPerSecond);
        json.WriteNumber("peak_megabytes", ProcessMemory.PeakMegabytes);
        json.WriteNumber("allocated_bytes_per_step", passes.AllocatedBytesPerPass);
        json.WriteEndObject();
    }
}
