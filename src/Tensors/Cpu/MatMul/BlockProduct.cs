// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Products of packed blocks, and whole products on one thread.</summary>
internal static unsafe class BlockProduct<V>
    where V : unmanaged, ISimd<V>
{
    private static int TileRows => RegisterTile<V>.Rows;

    private static int TileColumns => RegisterTile<V>.Columns;

    /// <summary>Multiplies a packed block of A with packed panels of B: panel by panel for some rows, so that the panel stays in
    /// the first-level cache while the strips of A come from the second.</summary>
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
        for (int first = 0; first < rows; first += Blocking.Rows)
        {
            int height = Math.Min(Blocking.Rows, rows - first);
            for (int j = 0; j < columns; j += TileColumns)
            {
                MultiplyPanel(
                    a + ((long)first * depth), height, b + ((long)j * depth), Math.Min(TileColumns, columns - j), depth,
                    c + ((long)first * cStride) + j, cStride, add, bias is null ? null : bias + j);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyPanel(
        float* a, int rows, float* panel, int width, int depth, float* c, int cStride, bool add, float* bias)
    {
        for (int i = 0; i < rows; i += TileRows)
        {
            float* data = a + ((long)i * depth);
            var strip = new RegisterTile<V>.Strip(data, 1, TileRows, ahead: data + ((long)Blocking.Rows * depth));
            var corner = new RegisterTile<V>.Corner(c + ((long)i * cStride), cStride, add, bias);
            RegisterTile<V>.Multiply(strip, panel, depth, Math.Min(TileRows, rows - i), width, corner);
        }
    }

    /// <summary>Packs rows of A from an element on.</summary>
    public static void PackA(MatrixView a, int rows, int depth, float* packed) =>
        Panels.Pack(a.Data, a.RowStride, a.ColumnStride, rows, depth, TileRows, packed);

    /// <summary>Packs columns of B from an element on.</summary>
    public static void PackB(MatrixView b, int columns, int depth, float* packed) =>
        Panels.Pack(b.Data, b.ColumnStride, b.RowStride, columns, depth, TileColumns, packed);

    /// <summary>Floats of working memory that <see cref="Run"/> needs for a product of at most these sizes.</summary>
    public static long WorkFloats(int columns, int depth) =>
        (long)Math.Min(depth, Blocking.Depth) * (TileRows + Blocking.RoundUp(columns, TileColumns));

    /// <summary>Does a whole product on this thread: the small ones of attention. A is read where it is, but for the rows that do not fill
    /// a tile: it lies in the cache, and each element is used for a few panels only.</summary>
    public static void Run(in Product p, float* work)
    {
        int depth = Blocking.Even(p.Depth, Blocking.Depth, 1), whole = p.Rows / TileRows * TileRows;
        float* packedA = work + ((long)depth * Blocking.RoundUp(p.Columns, TileColumns));
        for (int k = 0; k < p.Depth; k += depth)
        {
            int kLength = Math.Min(depth, p.Depth - k);
            float* bias = p.BiasAt(0, k + kLength == p.Depth);
            bool add = p.Add || k > 0;
            PackB(p.B.From(k, 0), p.BColumns ?? p.Columns, kLength, work);
            for (int i = 0; i < whole; i += TileRows)
            {
                MatrixView a = p.A.From(i, k);
                var strip = new RegisterTile<V>.Strip(a.Data, a.RowStride, a.ColumnStride, ahead: a.Data);
                MultiplyStrip(strip, TileRows, work, p.Columns, kLength, p.CAt(i, 0), p.CStride, add, bias);
            }

            if (whole < p.Rows)
            {
                PackA(p.A.From(whole, k), p.Rows - whole, kLength, packedA);
                Multiply(packedA, p.Rows - whole, work, p.Columns, kLength, p.CAt(whole, 0), p.CStride, add, bias);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyStrip(
        in RegisterTile<V>.Strip strip, int height, float* b, int columns, int depth, float* c, int cStride, bool add, float* bias)
    {
        for (int j = 0; j < columns; j += TileColumns)
        {
            var corner = new RegisterTile<V>.Corner(c + j, cStride, add, bias is null ? null : bias + j);
            RegisterTile<V>.Multiply(strip, b + ((long)j * depth), depth, height, Math.Min(TileColumns, columns - j), corner);
        }
    }
}
