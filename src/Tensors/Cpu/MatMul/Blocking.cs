// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>How long the blocks of a matrix product are. They come from the sizes of caches: a second level of 1 MiB a core, or of less
/// before a third level, which is quick enough for what does not fit. What else was tried: docs/decisions/0015-a-faster-step.md and
/// 0023-what-the-compiler-makes-of-a-tile.md, 0024-operands-where-they-lie.md, 0026-threads-that-end-together.md,
/// 0027-tiles-on-another-processor.md, 0029-steps-for-some-rows-at-once.md.</summary>
/// <remarks>Goto, van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication", §4–6.</remarks>
internal static class Blocking
{
    /// <summary>Longest sum before it is added to C: four panels of B, 768 × 32 floats each, fill less than half of a second-level
    /// cache of 1 MiB, and C is read and written seldom.</summary>
    private const int MostDepth = 768;

    /// <summary>The same where the depth goes from row to row of A's memory, as in the gradient of a weight: a sum over tokens whose
    /// terms cancel, so that its rounding counts for more than that of a sum over features.</summary>
    private const int MostTokens = 256;

    /// <summary>Blocks end where sixteen lines are transposed at once.</summary>
    private const int DepthUnit = 16;

    /// <summary>Rows of A for which a panel of B is read: 48 × 768 floats, 144 KiB, stay in the second-level cache for the panels of a
    /// piece.</summary>
    public const int Rows = 48;

    /// <summary>Multiply-adds that are worth giving to a thread: some microseconds.</summary>
    public const long PieceCost = 1 << 18;

    /// <summary>Length of the blocks of a product's sums: the same for every way of doing it, since it decides the order of
    /// addition.</summary>
    public static int Depth(in Product p) => Even(p.Depth, p.A.RowStride == 1 ? MostTokens : MostDepth, DepthUnit);

    /// <summary>The longest block of all sums up to <paramref name="depth"/>.</summary>
    public static int LongestBlock(int depth) => Math.Min(RoundUp(depth, DepthUnit), MostDepth);

    /// <summary>Length of equal blocks, each at most <paramref name="most"/>, in multiples of <paramref name="unit"/>.</summary>
    private static int Even(int length, int most, int unit)
    {
        int blocks = Math.Max(1, Count(length, most));
        return Math.Max(unit, Count(Count(length, blocks), unit) * unit);
    }

    /// <summary>How many blocks of <paramref name="block"/> make up <paramref name="length"/>, the last one perhaps shorter.</summary>
    public static int Count(int length, int block) => (int)(((long)length + block - 1) / block);

    /// <summary>The smallest multiple of <paramref name="unit"/> that is not below <paramref name="length"/>.</summary>
    public static int RoundUp(int length, int unit) => Count(length, unit) * unit;
}
