// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>What is measured, all of it checked.</summary>
/// <param name="Batch">Sequences of a step, B.</param>
/// <param name="Sequence">Tokens of a sequence, or the most it may have.</param>
/// <param name="Lengths">Tokens of each sequence; null where all have as many.</param>
/// <param name="Steps">All steps, the first one included, which warms up and does not count.</param>
internal sealed record BenchOptions(int Batch, int Sequence, LengthsFile? Lengths, int Steps)
{
    /// <summary>Whether training keeps only the inputs of layers and computes the rest again.</summary>
    public bool Recompute { get; init; }
}
