// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Formats;
using BertManaged.Text.Learning;

namespace BertManaged.Training;

/// <summary>From text files to a vocabulary file: counts words, learns pieces, writes them.</summary>
public static class VocabularyTraining
{
    /// <summary>Learns and writes a vocabulary.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OptionsException">An option cannot work, or a text cannot be read; nothing is written.</exception>
    /// <exception cref="TextDataException">The text is empty or not UTF-8; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there stays.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop; nothing is written.</exception>
    public static VocabularyResult Run(VocabularyOptions options, CancellationToken cancellation)
    {
        options.Check();
        WordCounts counts = Count(options, cancellation);
        var learner = new VocabularyLearner(counts, options.Recipe);
        RequireRoom(options.Recipe, learner);
        IReadOnlyList<string> tokens = learner.Learn(cancellation);
        AtomicFile.Write(options.OutputFile, stream => Write(tokens, stream));
        return new VocabularyResult(tokens, learner.SpecialTokens, learner.AlphabetTokens, learner.DroppedCharacters, counts);
    }

    private static WordCounts Count(VocabularyOptions options, CancellationToken cancellation)
    {
        var counter = new WordCounter(options.LowerCase, options.MaxWords);
        var reading = new WordReading(options.InputFiles, counter, options.Threads, cancellation);
        WordCounts counts = counter.Count(reading.Read);
        return counts.TotalWords > 0
            ? counts
            : throw new TextDataException(
                $"{Named(options.InputFiles)}: expected text to learn from, found {(counts.OverlongWords > 0
                    ? $"nothing but words of more than {WordCounter.MaxWordCharacters} characters"
                    : "not a single word")}");
    }

    private static string Named(IReadOnlyList<string> files) => files.Count == 1 ? files[0] : $"{files[0]} and {files.Count - 1} more";

    private static void RequireRoom(VocabularyRecipe recipe, VocabularyLearner learner)
    {
        int needed = learner.SpecialTokens + learner.AlphabetTokens;
        if (recipe.VocabSize < needed)
        {
            throw new OptionsException(
                $"--vocab_size={recipe.VocabSize} is too small: {learner.SpecialTokens} special tokens and {learner.AlphabetTokens} of a "
                + $"single character need {needed}; give at least that, or leave rare characters out by --limit_alphabet");
        }
    }

    private static void Write(IReadOnlyList<string> tokens, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (string token in tokens)
        {
            writer.WriteLine(token);
        }
    }
}
