// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Products of packed blocks, and whole products on one thread.</summary>
internal static unsafe class BlockProduct<V>
    where V : unmanaged, ISimd<V>
{
    private static int TileRows => RegisterTile<V>.Rows;

    private static int TileColumns => RegisterTile<V>.Columns;

    /// <summary>Multiplies a block of A with packed panels of B: panel by panel for some rows, which stay in the second-level cache
    /// meanwhile.</summary>
    /// <param name="a">The block's A, packed or where it lies.</param>
    /// <param name="b">The block's B, in panels.</param>
    /// <param name="block">The rest; whole strips, if A is not packed, or rows for which there is a tile.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Strips a, float* b, in Product block)
    {
        int columns = block.Columns, depth = block.Depth;
        for (int first = 0; first < block.Rows; first += Blocking.Rows)
        {
            int end = Math.Min(first + Blocking.Rows, block.Rows);
            for (int j = 0; j < columns; j += TileColumns)
            {
                float* panel = b + ((long)j * depth), bias = block.BiasAt(j, last: true);
                for (int i = first; i < end; i += TileRows)
                {
                    var corner = new RegisterTile<V>.Corner(block.CAt(i, j), block.CStride, block.Add, bias);
                    RegisterTile<V>.Multiply(
                        a.At(i), panel, depth, Math.Min(TileRows, end - i), Math.Min(TileColumns, columns - j), corner);
                }
            }
        }
    }

    /// <summary>The same with wide tiles and any number of rows. The rows that come next are asked for during the first panel, and
    /// are there for the others as well: in turns of six, rows that share a page are more than the processor follows.</summary>
    /// <param name="a">The block's A where it lies, along the depth.</param>
    /// <param name="b">The block's B, in wide panels.</param>
    /// <param name="block">The rest.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyWide(in Strips a, float* b, in Product block)
    {
        int columns = block.Columns, depth = block.Depth, panelColumns = RegisterTile<V>.WideColumns;
        for (int first = 0; first < block.Rows; first += Blocking.Rows)
        {
            // The last rows ask for the first ones: with them begins the next piece, and often the next product.
            int end = Math.Min(first + Blocking.Rows, block.Rows), height, next = end < block.Rows ? end : 0;
            for (int j = 0; j < columns; j += panelColumns)
            {
                float* panel = b + ((long)j * depth), bias = block.BiasAt(j, last: true);
                for (int i = first; i < end; i += height)
                {
                    height = RegisterTile<V>.WideHeight(end - i);
                    RegisterTile<V>.Strip strip = a.At(i, asked: j == 0 ? next + i - first : i);
                    var corner = new RegisterTile<V>.Corner(block.CAt(i, j), block.CStride, block.Add, bias);
                    RegisterTile<V>.MultiplyWide(strip, panel, depth, height, Math.Min(panelColumns, columns - j), corner);
                }
            }
        }
    }

    /// <summary>Multiplies rows that do not fill a strip: where they lie, if there is a tile of just so many; else packed, since behind
    /// them there may be no memory.</summary>
    /// <param name="rest">Fewer rows than a strip.</param>
    /// <param name="b">The block's B, in panels.</param>
    /// <param name="packed">Working memory for a strip.</param>
    public static void MultiplyRest(in Product rest, float* b, float* packed)
    {
        if (RegisterTile<V>.Fits(rest.Rows))
        {
            Multiply(InPlace(rest.A, ahead: 0), b, rest);
            return;
        }

        PackA(rest.A, rest.Rows, rest.Depth, packed);
        Multiply(Packed(packed, rest.Depth), b, rest);
    }

    /// <summary>A block of A that was packed.</summary>
    public static Strips Packed(float* data, int depth) => new(data, depth, 1, TileRows, ahead: 0);

    /// <summary>A block of A where it lies.</summary>
    /// <param name="a">Its first element, and how it lies.</param>
    /// <param name="ahead">Rows from a strip to what is asked for meanwhile, if rows lie next to each other: a line of the cache then is
    /// used for one element of the depth only, at a distance that the processor does not guess. If they lie along the depth it follows
    /// twelve by itself; for wide tiles see <see cref="MultiplyWide"/>.</param>
    public static Strips InPlace(MatrixView a, int ahead) => new(a.Data, a.RowStride, a.RowStride, a.ColumnStride, ahead);

    /// <summary>Packs rows of A from an element on.</summary>
    public static void PackA(MatrixView a, int rows, int depth, float* packed) =>
        Panels.Pack(a.Data, a.RowStride, a.ColumnStride, rows, depth, TileRows, packed);

    /// <summary>Packs columns of B from an element on into panels of <paramref name="width"/> columns.</summary>
    public static void PackB(MatrixView b, int columns, int depth, int width, float* packed) =>
        Panels.Pack(b.Data, b.ColumnStride, b.RowStride, columns, depth, width, packed);

    /// <summary>Floats of working memory that <see cref="Run"/> needs for a product of at most these sizes.</summary>
    public static long WorkFloats(int columns, int depth) =>
        (long)Blocking.LongestBlock(depth) * (TileRows + Blocking.RoundUp(columns, TileColumns));

    /// <summary>Does a whole product on this thread: the small ones of attention. A is read where it is, but for the rows that do not fill
    /// a tile: it lies in the cache, and each element is used for a few panels only.</summary>
    public static void Run(in Product p, float* work)
    {
        int depth = Blocking.Depth(p), whole = p.Rows / TileRows * TileRows;
        float* packedA = work + ((long)depth * Blocking.RoundUp(p.Columns, TileColumns));
        for (int k = 0; k < p.Depth; k += depth)
        {
            int kLength = Math.Min(depth, p.Depth - k);
            PackB(p.B.From(k, 0), p.BColumns ?? p.Columns, kLength, TileColumns, work);
            Product block = p.Block(0, whole, 0, p.Columns, k, kLength);
            Strips a = InPlace(block.A, ahead: 0);
            for (int i = 0; i < whole; i += TileRows)
            {
                MultiplyStrip(a.At(i), work, block, i);
            }

            if (whole < p.Rows)
            {
                Product last = p.Block(whole, p.Rows - whole, 0, p.Columns, k, kLength);
                MultiplyRest(last, work, packedA);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyStrip(in RegisterTile<V>.Strip strip, float* b, in Product block, int row)
    {
        for (int j = 0; j < block.Columns; j += TileColumns)
        {
            var corner = new RegisterTile<V>.Corner(block.CAt(row, j), block.CStride, block.Add, block.BiasAt(j, last: true));
            RegisterTile<V>.Multiply(
                strip, b + ((long)j * block.Depth), block.Depth, TileRows, Math.Min(TileColumns, block.Columns - j), corner);
        }
    }

    /// <summary>A block of A, strip by strip.</summary>
    /// <param name="data">Its first element.</param>
    /// <param name="step">Floats from what a strip begins with to the same of the next, over its rows.</param>
    /// <param name="row">Floats from a row of a strip to the next.</param>
    /// <param name="depth">Floats from an element of a row to its next.</param>
    /// <param name="ahead">Floats from a strip to what is asked for while it is multiplied.</param>
    internal readonly struct Strips(float* data, long step, long row, long depth, int ahead)
    {
        /// <summary>The strip that begins with a row.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public RegisterTile<V>.Strip At(int first)
        {
            float* strip = data + (first * step);
            return new(strip, row, depth, strip + ahead);
        }

        /// <summary>The strip that begins with a row, and asks for the rows from another on.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public RegisterTile<V>.Strip At(int first, int asked) => new(data + (first * step), row, depth, data + (asked * step));
    }
}
