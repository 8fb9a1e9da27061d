// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Learning;
using static BertManaged.Training.RunChecks;

namespace BertManaged.Training;

/// <summary>What to learn a vocabulary from, and how.</summary>
public sealed record VocabularyOptions
{
    // Several times what the largest published vocabularies have; all of them are in memory.
    private const int MostTokens = 10_000_000;

    /// <summary>Paths of text files in UTF-8. Their order makes no difference.</summary>
    public required IReadOnlyList<string> InputFiles { get; init; }

    /// <summary>Where the vocabulary is written, one token a line.</summary>
    public required string OutputFile { get; init; }

    /// <summary>Whether to lower-case and strip accents, as for a model called "uncased".</summary>
    public bool LowerCase { get; init; } = true;

    /// <summary>What the vocabulary should be like.</summary>
    public VocabularyRecipe Recipe { get; init; } = new();

    /// <summary>Most distinct words held at a time and learnt from: the most frequent ones, of equally frequent ones the first in
    /// ordinal order. A text with more is read several times.</summary>
    public int MaxWords { get; init; } = 5_000_000;

    /// <summary>Threads that count words; the result does not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Looks for what cannot work before any work is done.</summary>
    /// <exception cref="OptionsException">A number is out of range, there is no folder for the output, or it is one of the
    /// inputs.</exception>
    internal void Check()
    {
        AtLeast(1, Recipe.VocabSize, "vocab_size");
        Require(Recipe.VocabSize <= MostTokens, $"--vocab_size must be at most {MostTokens}, but is {Recipe.VocabSize}");
        AtLeast(0, Recipe.MinFrequency, "min_frequency");
        AtLeast(1, Recipe.LimitAlphabet ?? 1, "limit_alphabet");
        AtLeast(0, Recipe.UnusedTokens, "unused_tokens");
        Require(Recipe.UnusedTokens < Recipe.VocabSize,
            $"--unused_tokens={Recipe.UnusedTokens} leaves no room for anything else in --vocab_size={Recipe.VocabSize}; give fewer");
        AtLeast(1, MaxWords, "max_words");
        Require(Recipe.Surplus is >= 0 and <= 10, $"--surplus must be in [0, 10], but is {Recipe.Surplus}");

        string output = Path.GetFullPath(OutputFile), folder = Path.GetDirectoryName(output) ?? output;
        if (!Directory.Exists(folder))
        {
            throw new OptionsException($"--output_file={OutputFile}: there is no folder {folder}; make it first");
        }

        if (Directory.Exists(output))
        {
            throw new OptionsException(
                $"--output_file={OutputFile} is a folder; name a file, for example {Path.Combine(OutputFile, "vocab.txt")}");
        }

        if (InputFiles.Any(file => LinkTarget.Of(file) == LinkTarget.Of(OutputFile)))
        {
            throw new OptionsException($"--output_file={OutputFile} is also an input, which would be lost; name another file");
        }
    }
}
