// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Products of packed blocks, and whole products on one thread.</summary>
internal static unsafe class BlockProduct<V>
    where V : unmanaged, ISimd<V>
{
    private static int TileRows => RegisterTile<V>.Rows;

    private static int TileColumns => RegisterTile<V>.Columns;

    /// <summary>Multiplies a packed block of A with packed panels of B: strip by strip, so that a strip stays in the first-level
    /// cache while the panels of B come from the second.</summary>
    /// <param name="a">Strips of <paramref name="rows"/> rows.</param>
    /// <param name="rows">Rows of the block.</param>
    /// <param name="b">Panels of <paramref name="columns"/> columns.</param>
    /// <param name="columns">Columns of the block.</param>
    /// <param name="depth">Length of the sums.</param>
    /// <param name="c">First element of the block of C.</param>
    /// <param name="cStride">Floats from a row of C to the next.</param>
    /// <param name="add">Whether to add to C.</param>
    /// <param name="bias">Of these columns, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        float* a, int rows, float* b, int columns, int depth, float* c, int cStride, bool add, float* bias)
    {
        for (int i = 0; i < rows; i += TileRows)
        {
            float* strip = a + ((long)i * depth);
            int height = Math.Min(TileRows, rows - i);
            for (int j = 0; j < columns; j += TileColumns)
            {
                var corner = new RegisterTile<V>.Corner(
                    c + ((long)i * cStride) + j, cStride, add, bias is null ? null : bias + j);
                RegisterTile<V>.Multiply(strip, b + ((long)j * depth), depth, height, Math.Min(TileColumns, columns - j), corner);
            }
        }
    }

    /// <summary>Packs rows of A from an element on.</summary>
    public static void PackA(MatrixView a, int rows, int depth, float* packed) =>
        Panels.Pack(a.Data, a.RowStride, a.ColumnStride, rows, depth, TileRows, packed);

    /// <summary>Packs columns of B from an element on.</summary>
    public static void PackB(MatrixView b, int columns, int depth, float* packed) =>
        Panels.Pack(b.Data, b.ColumnStride, b.RowStride, columns, depth, TileColumns, packed);

    /// <summary>Floats of working memory that <see cref="Run"/> needs for a product of at most these sizes.</summary>
    public static long WorkFloats(int columns, int depth)
    {
        int block = Math.Min(depth, Blocking.Depth);
        return (long)block * (Blocking.RoundUp(Blocking.Rows, TileRows) + Blocking.RoundUp(columns, TileColumns));
    }

    /// <summary>Does a whole product on this thread: the small ones of attention.</summary>
    public static void Run(in Product p, float* work)
    {
        int depth = Blocking.Even(p.Depth, Blocking.Depth, 1), rows = Blocking.Even(p.Rows, Blocking.Rows, TileRows);
        float* packedA = work + ((long)depth * Blocking.RoundUp(p.Columns, TileColumns));
        for (int k = 0; k < p.Depth; k += depth)
        {
            int kLength = Math.Min(depth, p.Depth - k);
            float* bias = p.BiasAt(0, k + kLength == p.Depth);
            PackB(p.B.From(k, 0), p.BColumns ?? p.Columns, kLength, work);
            for (int i = 0; i < p.Rows; i += rows)
            {
                int height = Math.Min(rows, p.Rows - i);
                PackA(p.A.From(i, k), height, kLength, packedA);
                Multiply(packedA, height, work, p.Columns, kLength, p.CAt(i, 0), p.CStride, p.Add || k > 0, bias);
            }
        }
    }
}
