// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Text.Learning;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>What <c>bert vocab</c> says of a vocabulary that was learnt.</summary>
internal sealed class VocabReport(VocabularyResult result, VocabularyOptions options)
{
    private int Learnt => result.Tokens.Count - result.SpecialTokens - result.AlphabetTokens;

    /// <summary>What was read, what of it is not in the vocabulary, and how long it took.</summary>
    public void Talk(TextWriter error, TimeSpan time)
    {
        WordCounts counts = result.Counts;
        error.WriteLine(
            $"{Counted(options.InputFiles.Count, "file")}: {Counted(counts.TotalWords, "word")}, {counts.DistinctWords:N0} distinct, "
            + $"{Counted(counts.Characters.Count, "character")}");
        if (counts.DistinctWords > counts.Words.Count)
        {
            error.WriteLine($"learnt from the {counts.Words.Count:N0} most frequent words (--max_words)");
        }

        if (counts.OverlongWords > 0)
        {
            error.WriteLine(
                $"{Counted(counts.OverlongWords, "word")} of more than {WordCounter.MaxWordCharacters} characters left out: always [UNK]");
        }

        if (result.DroppedCharacters > 0)
        {
            error.WriteLine(
                $"{Counted(result.DroppedCharacters, "rare character")} left out (--limit_alphabet): words with them are [UNK]");
        }

        if (result.Tokens.Count < options.Recipe.VocabSize)
        {
            error.WriteLine(
                $"fewer than {options.Recipe.VocabSize:N0} tokens: no two pieces meet {Math.Max(1, options.Recipe.MinFrequency):N0} times "
                + "any more");
        }

        error.WriteLine($"learnt in {time.TotalSeconds:F1} s");
    }

    /// <summary>The result, on standard output.</summary>
    public void Print(OutputFormat format)
    {
        if (format == OutputFormat.Json)
        {
            JsonOutput.Print(Write);
            return;
        }

        Console.Out.WriteLine(
            $"{options.OutputFile}: {result.Tokens.Count:N0} tokens ({result.SpecialTokens:N0} special, {result.AlphabetTokens:N0} of one "
            + $"character, {Learnt:N0} learnt)");
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", options.OutputFile);
        json.WriteNumber("tokens", result.Tokens.Count);
        json.WriteNumber("special_tokens", result.SpecialTokens);
        json.WriteNumber("alphabet_tokens", result.AlphabetTokens);
        json.WriteNumber("learnt_tokens", Learnt);
        json.WriteNumber("words", result.Counts.TotalWords);
        json.WriteNumber("distinct_words", result.Counts.DistinctWords);
        json.WriteNumber("overlong_words", result.Counts.OverlongWords);
        json.WriteNumber("characters", result.Counts.Characters.Count);
        json.WriteNumber("dropped_characters", result.DroppedCharacters);
        json.WriteEndObject();
    }

    private static string Counted(long count, string what) => $"{count:N0} {what}{(count == 1 ? "" : "s")}";
}
