// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>The innermost loop of the matrix product: a tile of C stays in registers while the depth goes by.</summary>
/// <remarks>Every element of a tile is the same chain of fused multiply-adds in ascending depth, whatever the tile's height,
/// the element's place in it and the register width. The rows are written out because only single variables stay in registers.</remarks>
internal static unsafe partial class RegisterTile<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>Rows of a full tile: AVX-512 has 32 registers, 24 of them hold sums; with 16 registers 12 do.</summary>
    public static int Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => V.Count == 16 ? 12 : 6;
    }

    /// <summary>How many steps of the depth before its use a line of memory is asked for where rows lie next to each other: it is new with
    /// each step, and some processors wait for the second-level cache then. So few that a set of eight lines holds them.</summary>
    private const int StepsToFirstLevel = 4;

    /// <summary>Columns of a tile: two registers.</summary>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * V.Count;
    }

    /// <summary>Whether there is a tile of exactly so many rows, which reads no others.</summary>
    public static bool Fits(int rows) => Height(rows) == rows;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Height(int rows) => rows > 8 ? 12 : rows > 6 ? 8 : rows > 3 ? 6 : rows > 1 ? 3 : 1;

    /// <summary>Multiplies a strip of A with a packed panel of B into a whole or cut tile of C.</summary>
    /// <param name="a">The strip; all rows of the tile's height are read.</param>
    /// <param name="b">[depth][Columns].</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="rows">Rows to be stored, at most <see cref="Rows"/>.</param>
    /// <param name="columns">Columns to be stored, at most <see cref="Columns"/>.</param>
    /// <param name="c">Where, and how.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Multiply(in Strip a, float* b, int depth, int rows, int columns, in Corner c)
    {
        int height = Height(rows);
        if (rows == height && columns == Columns)
        {
            MultiplyWhole(a, b, depth, height, c);
        }
        else
        {
            MultiplyCut(a, b, depth, height, rows, columns, c);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyCut(in Strip a, float* b, int depth, int height, int rows, int columns, in Corner c)
    {
        float* tile = stackalloc float[Rows * Columns];
        MultiplyWhole(a, b, depth, height, new Corner(tile, Columns, add: false, bias: null));
        c.PutPart(tile, Columns, rows, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyWhole(in Strip a, float* b, int depth, int height, in Corner c)
    {
        switch (height)
        {
            case 12:
                Multiply12(a, b, depth, c);
                break;
            case 8:
                Multiply8(a, b, depth, c);
                break;
            case 6:
                Multiply6(a, b, depth, c);
                break;
            case 3:
                Multiply3(a, b, depth, c);
                break;
            default:
                Multiply1(a, b, depth, c);
                break;
        }
    }

    /// <summary>Floats of B that go by between a row of C that is asked for and the next, in whole <paramref name="steps"/>. All rows asked
    /// for at once would take the places that a first-level cache has for what is on its way, and A and B would wait behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long PartOf(int depth, int rows, int steps, int columns) => depth / (rows * steps) * (long)steps * columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step(float* a, V left, V right, ref V leftSum, ref V rightSum)
    {
        V factor = V.Broadcast(*a);
        V.AddProduct(factor, left, ref leftSum);
        V.AddProduct(factor, right, ref rightSum);
    }

    /// <summary>3 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply3(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero, l1 = V.Zero, l2 = V.Zero;
        V r0 = V.Zero, r1 = V.Zero, r2 = V.Zero;
        long row = a.Row, next = a.Depth;
        float* p = a.Data;
        for (float* end = b + ((long)depth * Columns); b < end; b += Columns)
        {
            V left = V.Load(b), right = V.Load(b + V.Count);
            Step(p, left, right, ref l0, ref r0);
            Step(p + row, left, right, ref l1, ref r1);
            Step(p + (2 * row), left, right, ref l2, ref r2);
            p += next;
        }

        Corner to = c;
        to.Put(0, l0, r0);
        to.Put(1, l1, r1);
        to.Put(2, l2, r2);
    }

    /// <summary>1 row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply1(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero;
        V r0 = V.Zero;
        long row = a.Row, next = a.Depth;
        float* p = a.Data;
        for (float* end = b + ((long)depth * Columns); b < end; b += Columns)
        {
            V left = V.Load(b), right = V.Load(b + V.Count);
            Step(p, left, right, ref l0, ref r0);
            p += next;
        }

        Corner to = c;
        to.Put(0, l0, r0);
    }

    /// <summary>Some rows of A: element (row, k) is at Data + row · Row + k · Depth. One of both is 1:
    /// packed rows have Row 1, rows that are read where they lie have either.</summary>
    /// <param name="data">Row 0, k = 0.</param>
    /// <param name="row">Floats from a row to the next.</param>
    /// <param name="depth">Floats from an element of a row to its next.</param>
    /// <param name="ahead">What is asked for meanwhile. Where rows lie next to each other it moves on like the strip; where they lie along
    /// the depth, by as many floats for each k as the tile has rows, and in wide tiles row by row. Any address.</param>
    internal readonly struct Strip(float* data, long row, long depth, float* ahead)
    {
        public readonly float* Data = data, Ahead = ahead;
        public readonly long Row = row, Depth = depth;
    }

    /// <summary>Where a tile of C goes, and how.</summary>
    /// <param name="c">First element.</param>
    /// <param name="stride">Floats from a row to the next.</param>
    /// <param name="add">Whether to add to what is there.</param>
    /// <param name="bias">Added last to each row, or null.</param>
    internal readonly struct Corner(float* c, int stride, bool add, float* bias)
    {
        /// <summary>The further columns of a wide tile.</summary>
        public Corner Right
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => new(c + Columns, stride, add, bias is null ? null : bias + Columns);
        }

        /// <summary>Asks for a row of a whole tile: rows lie pages apart.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Prefetch(int row) => Tensors.Prefetch.Floats(c + ((long)row * stride), Columns);

        /// <summary>Stores a row of a whole tile.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Put(int row, V left, V right)
        {
            float* to = c + ((long)row * stride);
            if (add)
            {
                left = V.Load(to) + left;
                right = V.Load(to + V.Count) + right;
            }

            if (bias is not null)
            {
                left += V.Load(bias);
                right += V.Load(bias + V.Count);
            }

            V.Store(left, to);
            V.Store(right, to + V.Count);
        }

        /// <summary>Stores the part of a tile that lies inside of C, with the same additions.</summary>
        public void PutPart(float* tile, int tileStride, int rows, int columns)
        {
            for (int i = 0; i < rows; i++)
            {
                if (columns == Columns)
                {
                    Put(i, V.Load(tile), V.Load(tile + V.Count));
                }
                else
                {
                    PutRowPart(i, tile, columns);
                }

                tile += tileStride;
            }
        }

        private void PutRowPart(int row, float* tile, int columns)
        {
            float* to = c + ((long)row * stride);
            for (int j = 0; j < columns; j++)
            {
                float sum = add ? to[j] + tile[j] : tile[j];
                to[j] = bias is not null ? sum + bias[j] : sum;
            }
        }
    }
}
