// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

// Tiles of six rows and four registers, for rows along the depth: as many sums as twelve rows and two registers have, with 10 loads in
// place of 14 for an element of the depth. Six rows fit into a set of eight lines, whatever the distance between them.
internal static unsafe partial class RegisterTile<V>
{
    private const int LeastWidePanels = 4;

    /// <summary>Columns of a wide tile.</summary>
    public static int WideColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * Columns;
    }

    /// <summary>Whether a product is one for wide tiles: AVX-512 has registers for them, and there are panels for some threads. The bits
    /// are the same.</summary>
    public static bool IsWide(in Product p) =>
        V.Count == 16 && p.A.ColumnStride == 1 && p.A.RowStride != 1 && p.Columns >= LeastWidePanels * WideColumns;

    /// <summary>Rows of the next wide tile where so many are left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WideHeight(int left) => left >= 6 ? 6 : left >= 2 ? 2 : 1;

    /// <summary>Multiplies a strip of A with a packed panel of B into a wide tile of C, whole or cut.</summary>
    /// <param name="a">The strip; rows along the depth.</param>
    /// <param name="b">[depth][WideColumns].</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="height">Rows, see <see cref="WideHeight"/>.</param>
    /// <param name="columns">Columns to be stored, at most <see cref="WideColumns"/>.</param>
    /// <param name="c">Where, and how.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void MultiplyWide(in Strip a, float* b, int depth, int height, int columns, in Corner c)
    {
        if (columns == WideColumns)
        {
            MultiplyWideWhole(a, b, depth, height, c);
        }
        else
        {
            MultiplyWideCut(a, b, depth, height, columns, c);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyWideCut(in Strip a, float* b, int depth, int height, int columns, in Corner c)
    {
        float* tile = stackalloc float[6 * WideColumns];
        MultiplyWideWhole(a, b, depth, height, new Corner(tile, WideColumns, add: false, bias: null));
        c.PutPart(tile, WideColumns, height, Math.Min(columns, Columns));
        c.Right.PutPart(tile + Columns, WideColumns, height, Math.Max(0, columns - Columns));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWideWhole(in Strip a, float* b, int depth, int height, in Corner c)
    {
        switch (height)
        {
            case 6:
                MultiplyWide6(a, b, depth, c);
                break;
            case 2:
                MultiplyWide2(a, b, depth, c);
                break;
            default:
                MultiplyWide1(a, b, depth, c);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyWide6(in Strip a, float* b, int depth, in Corner c)
    {
        V s00 = V.Zero, s01 = V.Zero, s02 = V.Zero, s03 = V.Zero;
        V s10 = V.Zero, s11 = V.Zero, s12 = V.Zero, s13 = V.Zero;
        V s20 = V.Zero, s21 = V.Zero, s22 = V.Zero, s23 = V.Zero;
        V s30 = V.Zero, s31 = V.Zero, s32 = V.Zero, s33 = V.Zero;
        V s40 = V.Zero, s41 = V.Zero, s42 = V.Zero, s43 = V.Zero;
        V s50 = V.Zero, s51 = V.Zero, s52 = V.Zero, s53 = V.Zero;
        long row = a.Row, part = PartOf(depth, 6, 4, WideColumns);
        float* p0 = a.Data, p3 = p0 + (3 * row);
        float* last = b + ((long)depth * WideColumns), fours = b + ((long)(depth & ~3) * WideColumns);
        Corner left = c, right = c.Right;
        for (int line = 0; line < 6; line++)
        {
            left.Prefetch(line);
            right.Prefetch(line);
            float* ahead = a.Ahead + (line * row);
            for (float* end = line < 5 ? b + part : fours; b < end; b += 4 * WideColumns)
            {
                // A row in each sixth of the depth, and a third of it too much: two lines for four steps.
                Tensors.Prefetch.ToSecondLevel(ahead);
                Tensors.Prefetch.ToSecondLevel(ahead + CpuStorage.Line);
                ahead += 2 * CpuStorage.Line;
                WideStep6(
                    p0, p3, row, b,
                    ref s00, ref s01, ref s02, ref s03,
                    ref s10, ref s11, ref s12, ref s13,
                    ref s20, ref s21, ref s22, ref s23,
                    ref s30, ref s31, ref s32, ref s33,
                    ref s40, ref s41, ref s42, ref s43,
                    ref s50, ref s51, ref s52, ref s53);
                WideStep6(
                    p0 + 1, p3 + 1, row, b + WideColumns,
                    ref s00, ref s01, ref s02, ref s03,
                    ref s10, ref s11, ref s12, ref s13,
                    ref s20, ref s21, ref s22, ref s23,
                    ref s30, ref s31, ref s32, ref s33,
                    ref s40, ref s41, ref s42, ref s43,
                    ref s50, ref s51, ref s52, ref s53);
                WideStep6(
                    p0 + 2, p3 + 2, row, b + (2 * WideColumns),
                    ref s00, ref s01, ref s02, ref s03,
                    ref s10, ref s11, ref s12, ref s13,
                    ref s20, ref s21, ref s22, ref s23,
                    ref s30, ref s31, ref s32, ref s33,
                    ref s40, ref s41, ref s42, ref s43,
                    ref s50, ref s51, ref s52, ref s53);
                WideStep6(
                    p0 + 3, p3 + 3, row, b + (3 * WideColumns),
                    ref s00, ref s01, ref s02, ref s03,
                    ref s10, ref s11, ref s12, ref s13,
                    ref s20, ref s21, ref s22, ref s23,
                    ref s30, ref s31, ref s32, ref s33,
                    ref s40, ref s41, ref s42, ref s43,
                    ref s50, ref s51, ref s52, ref s53);
                p0 += 4;
                p3 += 4;
            }
        }

        for (; b < last; b += WideColumns)
        {
            WideStep6(
                p0, p3, row, b,
                ref s00, ref s01, ref s02, ref s03,
                ref s10, ref s11, ref s12, ref s13,
                ref s20, ref s21, ref s22, ref s23,
                ref s30, ref s31, ref s32, ref s33,
                ref s40, ref s41, ref s42, ref s43,
                ref s50, ref s51, ref s52, ref s53);
            p0++;
            p3++;
        }

        Put6(left, 0,
            s00, s10, s20, s30, s40, s50,
            s01, s11, s21, s31, s41, s51);
        Put6(right, 0,
            s02, s12, s22, s32, s42, s52,
            s03, s13, s23, s33, s43, s53);
    }

    /// <summary>One element of each of six rows, at every third of which points an address, times a row of B.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WideStep6(
        float* p0, float* p3, long row, float* b,
        ref V s00, ref V s01, ref V s02, ref V s03,
        ref V s10, ref V s11, ref V s12, ref V s13,
        ref V s20, ref V s21, ref V s22, ref V s23,
        ref V s30, ref V s31, ref V s32, ref V s33,
        ref V s40, ref V s41, ref V s42, ref V s43,
        ref V s50, ref V s51, ref V s52, ref V s53)
    {
        V b0 = V.Load(b), b1 = V.Load(b + V.Count), b2 = V.Load(b + (2 * V.Count)), b3 = V.Load(b + (3 * V.Count));
        WideStep(p0, b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
        WideStep(p0 + row, b0, b1, b2, b3, ref s10, ref s11, ref s12, ref s13);
        WideStep(p0 + (2 * row), b0, b1, b2, b3, ref s20, ref s21, ref s22, ref s23);
        WideStep(p3, b0, b1, b2, b3, ref s30, ref s31, ref s32, ref s33);
        WideStep(p3 + row, b0, b1, b2, b3, ref s40, ref s41, ref s42, ref s43);
        WideStep(p3 + (2 * row), b0, b1, b2, b3, ref s50, ref s51, ref s52, ref s53);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WideStep(float* a, V b0, V b1, V b2, V b3, ref V s0, ref V s1, ref V s2, ref V s3)
    {
        V factor = V.Broadcast(*a);
        V.AddProduct(factor, b0, ref s0);
        V.AddProduct(factor, b1, ref s1);
        V.AddProduct(factor, b2, ref s2);
        V.AddProduct(factor, b3, ref s3);
    }

    /// <summary>What six at a time leave of 128, 256 or 512 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyWide2(in Strip a, float* b, int depth, in Corner c)
    {
        V s00 = V.Zero, s01 = V.Zero, s02 = V.Zero, s03 = V.Zero;
        V s10 = V.Zero, s11 = V.Zero, s12 = V.Zero, s13 = V.Zero;
        float* p0 = a.Data, p1 = p0 + a.Row;
        for (float* end = b + ((long)depth * WideColumns); b < end; b += WideColumns)
        {
            V b0 = V.Load(b), b1 = V.Load(b + V.Count), b2 = V.Load(b + (2 * V.Count)), b3 = V.Load(b + (3 * V.Count));
            WideStep(p0++, b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
            WideStep(p1++, b0, b1, b2, b3, ref s10, ref s11, ref s12, ref s13);
        }

        Corner left = c, right = c.Right;
        left.Put(0, s00, s01);
        right.Put(0, s02, s03);
        left.Put(1, s10, s11);
        right.Put(1, s12, s13);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyWide1(in Strip a, float* b, int depth, in Corner c)
    {
        V s00 = V.Zero, s01 = V.Zero, s02 = V.Zero, s03 = V.Zero;
        float* p = a.Data;
        for (float* end = b + ((long)depth * WideColumns); b < end; b += WideColumns)
        {
            V b0 = V.Load(b), b1 = V.Load(b + V.Count), b2 = V.Load(b + (2 * V.Count)), b3 = V.Load(b + (3 * V.Count));
            WideStep(p++, b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
        }

        Corner left = c, right = c.Right;
        left.Put(0, s00, s01);
        right.Put(0, s02, s03);
    }
}
