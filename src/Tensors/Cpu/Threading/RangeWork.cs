// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Ranges as numbered pieces.</summary>
/// <param name="ranges">What is done with a range.</param>
/// <param name="count">Number of items.</param>
/// <param name="chunk">Items of a range; the last one may be shorter.</param>
internal readonly struct RangeWork<TRanges>(TRanges ranges, int count, int chunk) : IWork
    where TRanges : struct, IRangeWork
{
    private readonly TRanges _ranges = ranges;

    /// <inheritdoc/>
    public void Run(int piece, Scratch scratch)
    {
        int start = piece * chunk;
        _ranges.Run(start, (int)Math.Min((long)start + chunk, count));
    }
}
