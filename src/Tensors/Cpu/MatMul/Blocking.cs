// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>How long the blocks of a matrix product are. They come from the sizes of caches that all current processors have
/// (first level 32 to 48 KiB, second level at least 256 KiB a core); what else was tried: docs/decisions/0015-a-faster-step.md.</summary>
/// <remarks>Goto, van de Geijn 2008, "Anatomy of High-Performance Matrix Multiplication", §4–6.</remarks>
internal static class Blocking
{
    /// <summary>Longest sum before it is added to C: a panel of B, 256 × 32 floats, is 32 KiB: a first-level cache.</summary>
    public const int Depth = 256;

    /// <summary>Rows of A for which a panel stays in the first-level cache: 192 × 256 floats are 192 KiB, a part of the second
    /// level.</summary>
    public const int Rows = 192;

    /// <summary>Floats of A that are packed at once for all threads: 16 MiB.</summary>
    public const int SharedFloats = 1 << 22;

    /// <summary>Multiply-adds that are worth giving to a thread: some microseconds.</summary>
    public const long PieceCost = 1 << 18;

    /// <summary>Length of equal blocks, each at most <paramref name="most"/>, in multiples of <paramref name="unit"/>.</summary>
    public static int Even(int length, int most, int unit)
    {
        int blocks = Math.Max(1, Count(length, most));
        return Math.Max(unit, Count(Count(length, blocks), unit) * unit);
    }

    /// <summary>How many blocks of <paramref name="block"/> make up <paramref name="length"/>, the last one perhaps shorter.</summary>
    public static int Count(int length, int block) => (int)(((long)length + block - 1) / block);

    /// <summary>The smallest multiple of <paramref name="unit"/> that is not below <paramref name="length"/>.</summary>
    public static int RoundUp(int length, int unit) => Count(length, unit) * unit;
}
