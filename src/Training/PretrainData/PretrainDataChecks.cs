// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>What can be said of options before any text is read.</summary>
internal static class PretrainDataChecks
{
    /// <summary>Two tokens, [CLS] and two [SEP]: with less, Google's program fails as it draws or cuts.</summary>
    private const int ShortestExample = SegmentPair.SpecialTokens + 2;

    /// <summary>Far beyond any model: more is a slip of the hand, and would only fill the memory.</summary>
    private const int Longest = 1 << 16;

    /// <exception cref="OptionsException">A number is out of range.</exception>
    public static void Numbers(PretrainDataOptions options)
    {
        Require(options.MaxSeqLength >= ShortestExample,
            $"--max_seq_length must be at least {ShortestExample} ([CLS], a token, [SEP], a token, [SEP]), but is {options.MaxSeqLength}");
        Require(options.MaxSeqLength <= Longest, $"--max_seq_length must be at most {Longest}, but is {options.MaxSeqLength}");
        Require(
            options.MaxPredictionsPerSeq <= Longest,
            $"--max_predictions_per_seq must be at most {Longest}, but is {options.MaxPredictionsPerSeq}");
        Require(options.MaxPredictionsPerSeq >= 1, $"--max_predictions_per_seq must be at least 1, but is {options.MaxPredictionsPerSeq}");
        Require(options.DupeFactor >= 1, $"--dupe_factor must be at least 1, but is {options.DupeFactor}");
        Require(options.MaskedLmProb is >= 0 and <= 1, $"--masked_lm_prob must be in [0, 1], but is {options.MaskedLmProb}");
        Require(options.ShortSeqProb is >= 0 and <= 1, $"--short_seq_prob must be in [0, 1], but is {options.ShortSeqProb}");
    }

    /// <summary>The files to write, each of which can be, and is no file that is read.</summary>
    /// <exception cref="OptionsException">One cannot.</exception>
    public static IReadOnlyList<string> Outputs(PretrainDataOptions options, IReadOnlyList<string> inputs)
    {
        string[] outputs = options.OutputFile.Split(',', StringSplitOptions.TrimEntries);
        Dictionary<string, string> taken = new(StringComparer.Ordinal) { [LinkTarget.Of(options.VocabFile)] = "the vocabulary" };
        foreach (string input in inputs)
        {
            taken[LinkTarget.Of(input)] = "also an input";
        }

        foreach (string output in outputs)
        {
            Require(output.Length > 0, $"--output_file={options.OutputFile}: there is an empty name between its commas");
            Require(!Directory.Exists(output), $"--output_file: {output} is a folder; name a file in it");
            string folder = Path.GetDirectoryName(Path.GetFullPath(output))!;
            Require(Directory.Exists(folder), $"--output_file: {output} cannot be written, there is no folder {folder}; make it first");
            Require(
                taken.TryAdd(LinkTarget.Of(output), "named twice"),
                $"--output_file: {output} is {taken.GetValueOrDefault(LinkTarget.Of(output))}; name another file");
        }

        return outputs;
    }

    /// <summary>The folder for what waits on the disk.</summary>
    /// <exception cref="OptionsException">There is no such folder.</exception>
    public static string TempDir(PretrainDataOptions options, IReadOnlyList<string> outputs)
    {
        string folder = options.TempDir ?? Path.GetDirectoryName(Path.GetFullPath(outputs[0]))!;
        Require(Directory.Exists(folder), $"--temp_dir: there is no folder {folder}; make it first");
        return folder;
    }

    private static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new OptionsException(message);
        }
    }
}
