// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

// Tiles that are one register wide: for the few rows of a sentence.
internal static unsafe partial class RegisterTile<V>
{
    /// <summary>Rows of a full narrow tile: eight lines of a first-level cache may share a set, and rows of 3072 floats do.</summary>
    public static int NarrowRows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => V.Count == 16 ? 8 : 6;
    }

    /// <summary>Multiplies rows with a packed panel of one register's width.</summary>
    /// <param name="a">The rows.</param>
    /// <param name="b">[depth][V.Count].</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="rows">Rows of a full tile, or 1.</param>
    /// <param name="sums">Destination, [rows][V.Count].</param>
    /// <param name="add">Whether to add to it.</param>
    public static void MultiplyNarrow(in Strip a, float* b, int depth, int rows, float* sums, bool add)
    {
        switch (rows)
        {
            case 8:
                MultiplyNarrow8(a, b, depth, sums, add);
                break;
            case 6:
                MultiplyNarrow6(a, b, depth, sums, add);
                break;
            default:
                MultiplyNarrow1(a, b, depth, sums, add);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow8(in Strip a, float* b, int depth, float* sums, bool add)
    {
        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero, s4 = V.Zero, s5 = V.Zero, s6 = V.Zero, s7 = V.Zero;
        long row = a.Row, next = a.Depth;
        float* p0 = a.Data, p3 = p0 + (3 * row), p6 = p3 + (3 * row), ahead = a.Ahead;
        for (float* end = b + ((long)depth * V.Count); b < end; b += V.Count)
        {
            V column = V.Load(b);
            Prefetch.ToSecondLevel(ahead);
            s0 = V.FusedMultiplyAdd(p0, column, s0);
            s1 = V.FusedMultiplyAdd(p0 + row, column, s1);
            s2 = V.FusedMultiplyAdd(p0 + (2 * row), column, s2);
            s3 = V.FusedMultiplyAdd(p3, column, s3);
            s4 = V.FusedMultiplyAdd(p3 + row, column, s4);
            s5 = V.FusedMultiplyAdd(p3 + (2 * row), column, s5);
            s6 = V.FusedMultiplyAdd(p6, column, s6);
            s7 = V.FusedMultiplyAdd(p6 + row, column, s7);
            p0 += next;
            p3 += next;
            p6 += next;
            ahead += 8;
        }

        PutNarrow(0, s0, sums, add);
        PutNarrow(1, s1, sums, add);
        PutNarrow(2, s2, sums, add);
        PutNarrow(3, s3, sums, add);
        PutNarrow(4, s4, sums, add);
        PutNarrow(5, s5, sums, add);
        PutNarrow(6, s6, sums, add);
        PutNarrow(7, s7, sums, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow6(in Strip a, float* b, int depth, float* sums, bool add)
    {
        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero, s4 = V.Zero, s5 = V.Zero;
        long row = a.Row, next = a.Depth;
        float* p0 = a.Data, p3 = p0 + (3 * row), ahead = a.Ahead;
        for (float* end = b + ((long)depth * V.Count); b < end; b += V.Count)
        {
            V column = V.Load(b);
            Prefetch.ToSecondLevel(ahead);
            s0 = V.FusedMultiplyAdd(p0, column, s0);
            s1 = V.FusedMultiplyAdd(p0 + row, column, s1);
            s2 = V.FusedMultiplyAdd(p0 + (2 * row), column, s2);
            s3 = V.FusedMultiplyAdd(p3, column, s3);
            s4 = V.FusedMultiplyAdd(p3 + row, column, s4);
            s5 = V.FusedMultiplyAdd(p3 + (2 * row), column, s5);
            p0 += next;
            p3 += next;
            ahead += 6;
        }

        PutNarrow(0, s0, sums, add);
        PutNarrow(1, s1, sums, add);
        PutNarrow(2, s2, sums, add);
        PutNarrow(3, s3, sums, add);
        PutNarrow(4, s4, sums, add);
        PutNarrow(5, s5, sums, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyNarrow1(in Strip a, float* b, int depth, float* sums, bool add)
    {
        V s0 = V.Zero;
        long row = a.Row, next = a.Depth;
        float* p0 = a.Data;
        for (float* end = b + ((long)depth * V.Count); b < end; b += V.Count)
        {
            V column = V.Load(b);
            s0 = V.FusedMultiplyAdd(p0, column, s0);
            p0 += next;
        }

        PutNarrow(0, s0, sums, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutNarrow(int row, V sum, float* sums, bool add)
    {
        float* to = sums + (row * V.Count);
        V.Store(add ? V.Load(to) + sum : sum, to);
    }
}
