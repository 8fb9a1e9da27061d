// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

// Tiles of six rows: all that sixteen registers hold, and half of what AVX-512 does.
internal static unsafe partial class RegisterTile<V>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply6(in Strip a, float* b, int depth, in Corner c)
    {
        if (a.Row == 1)
        {
            Multiply6Across(a, b, depth, c);
        }
        else
        {
            Multiply6Along(a, b, depth, c);
        }
    }

    /// <summary>Rows next to each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6Across(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero, l1 = V.Zero, l2 = V.Zero, l3 = V.Zero, l4 = V.Zero, l5 = V.Zero;
        V r0 = V.Zero, r1 = V.Zero, r2 = V.Zero, r3 = V.Zero, r4 = V.Zero, r5 = V.Zero;
        long next = a.Depth, soon = (StepsToFirstLevel * next) + 6 - 1, later = a.Ahead - a.Data, part = PartOf(depth, 6, 1, Columns);
        float* p = a.Data, last = b + ((long)depth * Columns);
        for (int row = 0; row < 6; row++)
        {
            c.Prefetch(row);
            for (float* end = row < 5 ? b + part : last; b < end; b += Columns)
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
                p += next;
            }
        }

        Put6(c, 0,
            l0, l1, l2, l3, l4, l5,
            r0, r1, r2, r3, r4, r5);
    }

    /// <summary>Rows along the depth: four elements of each at a time, so that fewer addresses are moved on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply6Along(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero, l1 = V.Zero, l2 = V.Zero, l3 = V.Zero, l4 = V.Zero, l5 = V.Zero;
        V r0 = V.Zero, r1 = V.Zero, r2 = V.Zero, r3 = V.Zero, r4 = V.Zero, r5 = V.Zero;
        long row = a.Row, part = PartOf(depth, 6, 4, Columns);
        float* p0 = a.Data, p3 = p0 + (3 * row), ahead = a.Ahead;
        float* end = b + ((long)depth * Columns), fours = b + ((long)(depth & ~3) * Columns);
        for (int line = 0; line < 6; line++)
        {
            c.Prefetch(line);
            for (float* stop = line < 5 ? b + part : fours; b < stop; b += 4 * Columns)
            {
                Prefetch.ToSecondLevel(ahead);
                Prefetch.ToSecondLevel(ahead + 12);
                Add6(
                    p0, p3, row, V.Load(b), V.Load(b + V.Count),
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
                Add6(
                    p0 + 1, p3 + 1, row, V.Load(b + Columns), V.Load(b + (3 * V.Count)),
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
                Add6(
                    p0 + 2, p3 + 2, row, V.Load(b + (2 * Columns)), V.Load(b + (5 * V.Count)),
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
                Add6(
                    p0 + 3, p3 + 3, row, V.Load(b + (3 * Columns)), V.Load(b + (7 * V.Count)),
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
                p0 += 4;
                p3 += 4;
                ahead += 24;
            }
        }

        for (; b < end; b += Columns)
        {
            Add6(
                p0, p3, row, V.Load(b), V.Load(b + V.Count),
                ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
            p0++;
            p3++;
        }

        Put6(c, 0,
            l0, l1, l2, l3, l4, l5,
            r0, r1, r2, r3, r4, r5);
    }

    /// <summary>One element of each of six rows, at every third of which points an address, times a row of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add6(
        float* p0, float* p3, long row, V left, V right,
        ref V l0, ref V l1, ref V l2, ref V l3, ref V l4, ref V l5,
        ref V r0, ref V r1, ref V r2, ref V r3, ref V r4, ref V r5)
    {
        Step(p0, left, right, ref l0, ref r0);
        Step(p0 + row, left, right, ref l1, ref r1);
        Step(p0 + (2 * row), left, right, ref l2, ref r2);
        Step(p3, left, right, ref l3, ref r3);
        Step(p3 + row, left, right, ref l4, ref r4);
        Step(p3 + (2 * row), left, right, ref l5, ref r5);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put6(
        Corner c, int first,
        V l0, V l1, V l2, V l3, V l4, V l5,
        V r0, V r1, V r2, V r3, V r4, V r5)
    {
        c.Put(first, l0, r0);
        c.Put(first + 1, l1, r1);
        c.Put(first + 2, l2, r2);
        c.Put(first + 3, l3, r3);
        c.Put(first + 4, l4, r4);
        c.Put(first + 5, l5, r5);
    }
}
