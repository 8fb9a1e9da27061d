// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using System.Numerics;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The flags of <c>bert pretrain-data</c>: Google's, with Google's names and defaults, and ours.</summary>
/// <remarks>google-research/bert create_pretraining_data.py, flags.</remarks>
internal sealed class PretrainDataFlags
{
    private const string Files = "Files", Examples = "Examples", Masks = "Masks", Ours = "Memory and speed, beyond Google's";

    private readonly Flag<string?> _inputFile = new(
        "input_file", Files, "text in UTF-8, a sentence a line, a blank line between documents: names and patterns (* ? [a-z]) with commas",
        FlagValues.Text("FILES"))
    { IsRequired = true };
    private readonly Flag<string?> _outputFile = new(
        "output_file", Files, "TFRecord files to write, with commas; examples go to them in turn", FlagValues.Text("FILES"))
    { IsRequired = true };
    private readonly Flag<string?> _vocabFile =
        new("vocab_file", Files, "vocabulary, one token a line", FlagValues.Text("FILE")) { IsRequired = true };
    private readonly Flag<bool> _lowerCase =
        new("do_lower_case", Files, "lower-case and strip accents, as uncased models want it", FlagValues.Boolean, "true");
    private readonly Flag<int> _maxSeqLength =
        new("max_seq_length", Examples, "tokens of an example, padding included", FlagValues.WholeNumber, "128");
    private readonly Flag<int> _dupeFactor =
        new("dupe_factor", Examples, "how often each document is used, with other pairs and masks", FlagValues.WholeNumber, "10");
    private readonly Flag<double> _shortSeqProb =
        new("short_seq_prob", Examples, "probability that a document's examples are shorter", FlagValues.Number, "0.1");
    private readonly Flag<BigInteger> _randomSeed =
        new Flag<BigInteger>("random_seed", Examples, "of all that is drawn", FlagValues.AnyWholeNumber, "12345").Or("seed");
    private readonly Flag<int> _maxPredictions =
        new("max_predictions_per_seq", Masks, "most masked tokens of an example", FlagValues.WholeNumber, "20");
    private readonly Flag<double> _maskedLmProb =
        new("masked_lm_prob", Masks, "share of tokens that are masked", FlagValues.Number, "0.15");
    private readonly Flag<bool> _wholeWordMask =
        new("do_whole_word_mask", Masks, "mask all pieces of a word together", FlagValues.Boolean, "false");
    private readonly Flag<bool> _streaming = new(
        "streaming", Ours, "for more text than memory: examples are drawn part by part, documents wait on the disk",
        FlagValues.Boolean, "false");
    private readonly Flag<long?> _maxMemory = new(
        "max_memory", Ours, "memory to keep to, for example 4GB [the machine's]", FlagValues.Optional(FlagValues.MemorySize));
    private readonly Flag<string?> _tempDir =
        new("temp_dir", Ours, "where documents wait with --streaming [the folder of the first output]", FlagValues.Text("DIR"));
    private readonly Flag<int?> _jobs = new Flag<int?>(
        "jobs", Ours, "threads that work at once; results do not depend on it [all cores]", FlagValues.Optional(FlagValues.WholeNumber))
        .Or("threads");
    private readonly Flag<bool> _verbose = new(
        "verbose", SharedFlags.Output, "show the first 20 examples on standard error, as Google's program does",
        FlagValues.Boolean, "false");

    /// <summary>Gives a verb all of them, in the order of its help.</summary>
    public void AddTo(Command verb)
    {
        Option[] all =
        [
            _inputFile, _outputFile, _vocabFile, _lowerCase, _maxSeqLength, _dupeFactor, _shortSeqProb, _randomSeed,
            _maxPredictions, _maskedLmProb, _wholeWordMask, _streaming, _maxMemory, _tempDir, _jobs, _verbose,
        ];
        foreach (Option option in all)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>What the user asked for.</summary>
    /// <exception cref="OptionsException">Too few or too many threads.</exception>
    public PretrainDataOptions Read(ParseResult arguments)
    {
        int? jobs = arguments.GetValue(_jobs);
        Backends.RequireThreads(jobs, _jobs.Name);
        return new PretrainDataOptions
        {
            InputFile = arguments.GetRequiredValue(_inputFile)!,
            OutputFile = arguments.GetRequiredValue(_outputFile)!,
            VocabFile = arguments.GetRequiredValue(_vocabFile)!,
            DoLowerCase = arguments.GetValue(_lowerCase),
            DoWholeWordMask = arguments.GetValue(_wholeWordMask),
            MaxSeqLength = arguments.GetValue(_maxSeqLength),
            MaxPredictionsPerSeq = arguments.GetValue(_maxPredictions),
            RandomSeed = arguments.GetValue(_randomSeed),
            DupeFactor = arguments.GetValue(_dupeFactor),
            MaskedLmProb = arguments.GetValue(_maskedLmProb),
            ShortSeqProb = arguments.GetValue(_shortSeqProb),
            Streaming = arguments.GetValue(_streaming),
            MaxMemory = arguments.GetValue(_maxMemory),
            TempDir = arguments.GetValue(_tempDir),
            Jobs = jobs ?? Environment.ProcessorCount,
            LogExamples = arguments.GetValue(_verbose),
        };
    }
}
