// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

// Tiles of twelve rows: AVX-512.
internal static unsafe partial class RegisterTile<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply12(in Strip a, float* b, int depth, in Corner c)
    {
        if (a.Row == 1)
        {
            Multiply12Across(a, b, depth, c);
        }
        else
        {
            Multiply12Along(a, b, depth, c);
        }
    }

    /// <summary>Rows next to each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply12Across(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero, l1 = V.Zero, l2 = V.Zero, l3 = V.Zero, l4 = V.Zero, l5 = V.Zero;
        V l6 = V.Zero, l7 = V.Zero, l8 = V.Zero, l9 = V.Zero, l10 = V.Zero, l11 = V.Zero;
        V r0 = V.Zero, r1 = V.Zero, r2 = V.Zero, r3 = V.Zero, r4 = V.Zero, r5 = V.Zero;
        V r6 = V.Zero, r7 = V.Zero, r8 = V.Zero, r9 = V.Zero, r10 = V.Zero, r11 = V.Zero;
        long next = a.Depth, soon = (StepsToFirstLevel * next) + 12 - 1, later = a.Ahead - a.Data, part = PartOf(depth, 12, 1, Columns);
        float* p = a.Data, last = b + ((long)depth * Columns);
        for (int row = 0; row < 12; row++)
        {
            c.Prefetch(row);
            for (float* end = row < 11 ? b + part : last; b < end; b += Columns)
            {
                Prefetch.Line(p + soon);
                Prefetch.ToSecondLevel(p + later);
                V left = V.Load(b), right = V.Load(b + V.Count);
                Step(p, left, right, ref l0, ref r0);
                Step(p + 1, left, right, ref l1, ref r1);
                Step(p + 2, left, right, ref l2, ref r2);
                Step(p + 3, left, right, ref l3, ref r3);
                Step(p + 4, left, right, ref l4, ref r4);
                Step(p + 5, left, right, ref l5, ref r5);
                Step(p + 6, left, right, ref l6, ref r6);
                Step(p + 7, left, right, ref l7, ref r7);
                Step(p + 8, left, right, ref l8, ref r8);
                Step(p + 9, left, right, ref l9, ref r9);
                Step(p + 10, left, right, ref l10, ref r10);
                Step(p + 11, left, right, ref l11, ref r11);
                p += next;
            }
        }

        Put12(c,
            l0, l1, l2, l3, l4, l5,
            l6, l7, l8, l9, l10, l11,
            r0, r1, r2, r3, r4, r5,
            r6, r7, r8, r9, r10, r11);
    }

    /// <summary>Rows along the depth: four elements of each at a time, so that fewer addresses are moved on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply12Along(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero, l1 = V.Zero, l2 = V.Zero, l3 = V.Zero, l4 = V.Zero, l5 = V.Zero;
        V l6 = V.Zero, l7 = V.Zero, l8 = V.Zero, l9 = V.Zero, l10 = V.Zero, l11 = V.Zero;
        V r0 = V.Zero, r1 = V.Zero, r2 = V.Zero, r3 = V.Zero, r4 = V.Zero, r5 = V.Zero;
        V r6 = V.Zero, r7 = V.Zero, r8 = V.Zero, r9 = V.Zero, r10 = V.Zero, r11 = V.Zero;
        long row = a.Row, part = PartOf(depth, 12, 4, Columns);
        float* p0 = a.Data, p3 = p0 + (3 * row), p6 = p3 + (3 * row), p9 = p6 + (3 * row), ahead = a.Ahead;
        float* end = b + ((long)depth * Columns), fours = b + ((long)(depth & ~3) * Columns);
        for (int line = 0; line < 12; line++)
        {
            c.Prefetch(line);
            for (float* stop = line < 11 ? b + part : fours; b < stop; b += 4 * Columns)
            {
                Prefetch.ToSecondLevel(ahead);
                Prefetch.ToSecondLevel(ahead + 16);
                Prefetch.ToSecondLevel(ahead + 32);
                Add12(
                    p0, p3, p6, p9, row, b,
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5,
                    ref r6, ref r7, ref r8, ref r9, ref r10, ref r11);
                Add12(
                    p0 + 1, p3 + 1, p6 + 1, p9 + 1, row, b + Columns,
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5,
                    ref r6, ref r7, ref r8, ref r9, ref r10, ref r11);
                Add12(
                    p0 + 2, p3 + 2, p6 + 2, p9 + 2, row, b + (2 * Columns),
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5,
                    ref r6, ref r7, ref r8, ref r9, ref r10, ref r11);
                Add12(
                    p0 + 3, p3 + 3, p6 + 3, p9 + 3, row, b + (3 * Columns),
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5,
                    ref r6, ref r7, ref r8, ref r9, ref r10, ref r11);
                p0 += 4;
                p3 += 4;
                p6 += 4;
                p9 += 4;
                ahead += 48;
            }
        }

        for (; b < end; b += Columns)
        {
            Add12(
                p0, p3, p6, p9, row, b,
                ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
                ref r0, ref r1, ref r2, ref r3, ref r4, ref r5,
                ref r6, ref r7, ref r8, ref r9, ref r10, ref r11);
            p0++;
            p3++;
            p6++;
            p9++;
        }

        Put12(c,
            l0, l1, l2, l3, l4, l5,
            l6, l7, l8, l9, l10, l11,
            r0, r1, r2, r3, r4, r5,
            r6, r7, r8, r9, r10, r11);
    }

    /// <summary>One element of each row, at every third of which points an address, times a row of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add12(
        float* p0, float* p3, float* p6, float* p9, long row, float* b,
        ref V l0, ref V l1, ref V l2, ref V l3, ref V l4, ref V l5,
        ref V l6, ref V l7, ref V l8, ref V l9, ref V l10, ref V l11,
        ref V r0, ref V r1, ref V r2, ref V r3, ref V r4, ref V r5,
        ref V r6, ref V r7, ref V r8, ref V r9, ref V r10, ref V r11)
    {
        V left = V.Load(b), right = V.Load(b + V.Count);
        Add6(
            p0, p3, row, left, right,
            ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
            ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
        Add6(
            p6, p9, row, left, right,
            ref l6, ref l7, ref l8, ref l9, ref l10, ref l11,
            ref r6, ref r7, ref r8, ref r9, ref r10, ref r11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put12(
        Corner c,
        V l0, V l1, V l2, V l3, V l4, V l5,
        V l6, V l7, V l8, V l9, V l10, V l11,
        V r0, V r1, V r2, V r3, V r4, V r5,
        V r6, V r7, V r8, V r9, V r10, V r11)
    {
        Put6(c, 0, l0, l1, l2, l3, l4, l5, r0, r1, r2, r3, r4, r5);
        Put6(c, 6, l6, l7, l8, l9, l10, l11, r6, r7, r8, r9, r10, r11);
    }
}
