// SPDX-License-Identifier: Apache-2.0
using System.Numerics;

namespace BertManaged.Training;

/// <summary>What a run of <see cref="PretrainDataWriter"/> is asked for. Names and defaults are Google's where it has them.</summary>
/// <remarks>create_pretraining_data.py (google-research/bert, eedf571), flags.</remarks>
public sealed record PretrainDataOptions
{
    /// <summary>Text files or patterns of their names, with commas between them.</summary>
    public required string InputFile { get; init; }

    /// <summary>TFRecord files to write, with commas between them; examples go to them in turn.</summary>
    public required string OutputFile { get; init; }

    /// <summary>The vocabulary.</summary>
    public required string VocabFile { get; init; }

    /// <summary>Whether text is lower-cased and freed from accents.</summary>
    public bool DoLowerCase { get; init; } = true;

    /// <summary>Whether all pieces of a word are masked together.</summary>
    public bool DoWholeWordMask { get; init; }

    /// <summary>Tokens of an example, padding included; at least 5.</summary>
    public int MaxSeqLength { get; init; } = 128;

    /// <summary>Most masked tokens of an example; at least 1.</summary>
    public int MaxPredictionsPerSeq { get; init; } = 20;

    /// <summary>Of all that is drawn.</summary>
    public BigInteger RandomSeed { get; init; } = 12345;

    /// <summary>How often each document is used, each time with other pairs and masks; at least 1.</summary>
    public int DupeFactor { get; init; } = 10;

    /// <summary>Share of tokens that are masked, in [0, 1].</summary>
    public double MaskedLmProb { get; init; } = 0.15;

    /// <summary>Probability that the examples of a document are shorter than they could be, in [0, 1].</summary>
    public double ShortSeqProb { get; init; } = 0.1;

    /// <summary>Threads that work at once; at least 1. Results do not depend on it.</summary>
    public int Jobs { get; init; } = 1;

    /// <summary>Whether documents are spread over parts on the disk, and the examples of one part after another are drawn and shuffled,
    /// rather than those of the whole text in memory.</summary>
    public bool Streaming { get; init; }

    /// <summary>Bytes of memory to keep to; null for what the machine has.</summary>
    public long? MaxMemory { get; init; }

    /// <summary>Where <see cref="Streaming"/> keeps documents meanwhile; null for the folder of the first output.</summary>
    public string? TempDir { get; init; }

    /// <summary>Text of a part with <see cref="Streaming"/>, in bytes, copies counted. The examples depend on it, so it is no option of
    /// the program; tests make it smaller.</summary>
    internal long PartBytes { get; init; } = 8 << 20;

    /// <summary>Whether the first 20 examples are logged, as Google's program does.</summary>
    public bool LogExamples { get; init; }
}
