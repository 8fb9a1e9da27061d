// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Training;

/// <summary>How much memory documents and examples take, in bytes: forecasts that the tests hold against what a run takes.</summary>
/// <param name="options">Lengths and probabilities.</param>
internal sealed class MemoryNeed(PretrainDataOptions options)
{
    /// <summary>The program, its tables for a vocabulary, and what is under way at once.</summary>
    public const long Program = 80_000_000;

    // English prose in the vocabulary of bert-base-uncased has 4.1 bytes a token, and few texts have less.
    private const double BytesPerToken = 4;

    // A document's object, its two arrays, and its place in lists.
    private const int DocumentObjects = 128;

    /// <summary>What may be used: as asked, or as much as the machine (or the container) has.</summary>
    public long Limit { get; } = options.MaxMemory ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>What one example takes before it is written: where its texts are, and its masked tokens.</summary>
    public long Example { get; } = InstanceList.BytesOfInstance + sizeof(int)
        + (Unsafe.SizeOf<MaskedToken>() * (long)Math.Min(
            options.MaxPredictionsPerSeq, 1 + Math.Ceiling(options.MaskedLmProb * options.MaxSeqLength)));

    /// <summary>What documents take.</summary>
    public static long Documents(long tokens, long sentences, long documents) =>
        (sizeof(int) * (tokens + sentences)) + ((DocumentObjects + sizeof(int)) * documents);

    /// <summary>About how many examples are made of documents that are used once; rather more than fewer.</summary>
    /// <param name="tokens">Their tokens.</param>
    /// <param name="documents">How many they are.</param>
    public double Examples(double tokens, double documents)
    {
        // Half of the examples use half of their tokens only: as if each used three quarters. Those that are made shorter are, over all
        // lengths down to 2, as many times more as the sum of 1/2 + 1/3 + ... says, which is below the logarithm.
        double more = 1 + (options.ShortSeqProb * Math.Max(0, Math.Log(options.MaxSeqLength) - 1));
        return (more * tokens / (0.75 * (options.MaxSeqLength - SegmentPair.SpecialTokens))) + documents;
    }

    /// <summary>What a whole text takes with all its examples, as far as its size tells.</summary>
    /// <param name="textBytes">Size of the text.</param>
    public long WholeText(long textBytes)
    {
        double tokens = textBytes / BytesPerToken;
        return Program + (long)((tokens * sizeof(int)) + (options.DupeFactor * Examples(tokens, 0) * Example));
    }

    /// <summary>Refuses a text whose examples would not fit.</summary>
    /// <param name="textBytes">Size of the text.</param>
    /// <exception cref="OptionsException">They would not.</exception>
    public void RequireRoomForWholeText(long textBytes)
    {
        long needed = WholeText(textBytes);
        if (needed > Limit)
        {
            throw new OptionsException(
                $"--input_file: {Text(textBytes)} of text with --dupe_factor={options.DupeFactor} take about {Text(needed)} of memory, "
                + $"more than {LimitText}; pass --streaming");
        }
    }

    /// <summary>What is said when the forecast was too low: memory has run out.</summary>
    public OptionsException Exceeded(Exception cause) =>
        new($"--input_file: the text and its examples take more than {LimitText}; pass --streaming", cause);

    /// <summary>What is left for parts of a text that wait on the disk.</summary>
    /// <param name="buffers">Bytes that waiting takes.</param>
    /// <param name="part">Bytes of the largest part.</param>
    /// <exception cref="OptionsException">There is no room for one.</exception>
    public long RoomForParts(long buffers, long part)
    {
        long room = Limit - Program - buffers;
        return room >= part
            ? room
            : throw new OptionsException(
                $"--streaming needs {Text(Program + buffers + part)} of memory for this text, more than {LimitText}");
    }

    private string LimitText => options.MaxMemory is null ? $"the {Text(Limit)} of this machine" : $"the {Text(Limit)} of --max_memory";

    private static string Text(long bytes) => bytes >= 10_000_000_000 ? $"{bytes / 1e9:F0} GB"
        : bytes >= 1_000_000_000 ? $"{bytes / 1e9:F1} GB"
        : $"{Math.Max(1, bytes / 1e6):F0} MB";
}
