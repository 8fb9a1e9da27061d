// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Drops elements that follow each other. Equals <see cref="DropoutMask.Keeps"/> for every element.</summary>
internal static unsafe class DropoutRow
{
    // Words drawn at a time: they stay in the first-level cache. Three more for a start within a block of four.
    private const int Words = 1024;
    private const int Granule = 32;

    /// <summary>y[i] = x[i] · scale where the mask keeps element first + i, else 0; plus an addend.</summary>
    /// <param name="mask">Which elements are dropped.</param>
    /// <param name="first">Element number of the first one, of any alignment.</param>
    /// <param name="x">Source.</param>
    /// <param name="y">Destination; may be <paramref name="x"/>.</param>
    /// <param name="length">Number of elements.</param>
    /// <param name="addend">What is added, or null; may be <paramref name="y"/>.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<V>(in DropoutMask mask, long first, float* x, float* y, int length, float* addend)
        where V : unmanaged, ISimd<V>
    {
        uint* words = stackalloc uint[Words + Granule];
        for (int i = 0; i < length; i += Words)
        {
            int count = Math.Min(Words, length - i);
            Scale<V>(mask, Draw<V>(mask, first + i, words, count), x + i, y + i, count, addend is null ? null : addend + i);
        }
    }

    /// <summary>Drops the same elements of two rows, which are drawn once: y[i] and otherY[i] from x[i] and otherX[i].</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ApplyTwice<V>(in DropoutMask mask, long first, float* x, float* y, float* otherX, float* otherY, int length)
        where V : unmanaged, ISimd<V>
    {
        uint* words = stackalloc uint[Words + Granule];
        for (int i = 0; i < length; i += Words)
        {
            int count = Math.Min(Words, length - i);
            float* drawn = Draw<V>(mask, first + i, words, count);
            Scale<V>(mask, drawn, x + i, y + i, count, addend: null);
            Scale<V>(mask, drawn, otherX + i, otherY + i, count, addend: null);
        }
    }

    /// <summary>The same for elements of a matrix, numbered by the rows of the mask.</summary>
    /// <param name="mask">Which elements are dropped.</param>
    /// <param name="columns">Of the matrix.</param>
    /// <param name="start">The first element.</param>
    /// <param name="end">Behind the last one.</param>
    /// <param name="x">The matrix.</param>
    /// <param name="y">Destination, of the same size.</param>
    /// <param name="add">Whether to add.</param>
    public static void ApplyRows<V>(in DropoutMask mask, int columns, int start, int end, float* x, float* y, bool add)
        where V : unmanaged, ISimd<V>
    {
        if (mask.Rows is null)
        {
            Apply<V>(mask, start, x + start, y + start, end - start, add ? y + start : null);
            return;
        }

        for (int i = start; i < end;)
        {
            (int row, int column) = Math.DivRem(i, columns);
            int count = Math.Min(columns - column, end - i);
            Apply<V>(mask, mask.FirstOf(row, columns) + column, x + i, y + i, count, add ? y + i : null);
            i += count;
        }
    }

    /// <summary>The words of elements that follow each other, somewhere in <paramref name="words"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Draw<V>(in DropoutMask mask, long first, uint* words, int count)
        where V : unmanaged, ISimd<V>
    {
        int skip = (int)(first & 3), drawn = (count + skip + Granule - 1) / Granule * Granule;
        V.Random(mask, (ulong)first >> 2, new Span<uint>(words, drawn));
        return (float*)words + skip;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<V>(in DropoutMask mask, float* words, float* x, float* y, int length, float* addend)
        where V : unmanaged, ISimd<V>
    {
        V threshold = V.Bits(mask.Threshold), scale = V.Broadcast((float)mask.Scale);
        int i = 0;
        for (; i <= length - V.Count; i += V.Count)
        {
            V kept = V.AtLeastBits(V.Load(words + i), threshold) & (V.Load(x + i) * scale);
            V.Store(addend is null ? kept : kept + V.Load(addend + i), y + i);
        }

        if (i < length)
        {
            int rest = length - i;
            V kept = V.AtLeastBits(Tail.Load<V>(words + i, rest), threshold) & (Tail.Load<V>(x + i, rest) * scale);
            Tail.Store(addend is null ? kept : kept + Tail.Load<V>(addend + i, rest), y + i, rest);
        }
    }
}
