// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Products with many rows: B is packed by all threads for all threads, then each piece packs some rows of A in its
/// second-level cache and multiplies them with some columns of B.</summary>
internal static unsafe class ManyRowsProduct<V>
    where V : unmanaged, ISimd<V>
{
    private const int WideColumns = 768, NarrowColumns = 384, PanelsPerPiece = 4, ManyBlocks = 32;

    private static int TileColumns => RegisterTile<V>.Columns;

    /// <summary>Does the product with all threads: in parts, if B is larger than what is packed at once.</summary>
    public static void Run(WorkerPool pool, Scratch shared, in Product p)
    {
        int depth = Blocking.Even(p.Depth, Blocking.Depth, 1);
        int depthPart = Math.Max(1, Blocking.SharedFloats / p.Columns / depth) * depth;
        int columnsPart = Math.Max(1, Blocking.SharedFloats / Math.Min(depthPart, p.Depth) / TileColumns) * TileColumns;
        for (int j = 0; j < p.Columns; j += columnsPart)
        {
            for (int k = 0; k < p.Depth; k += depthPart)
            {
                RunPart(pool, shared, Part(p, j, Math.Min(columnsPart, p.Columns - j), k, Math.Min(depthPart, p.Depth - k)), depth);
            }
        }
    }

    private static Product Part(in Product p, int column, int columns, int start, int length) => new()
    {
        A = p.A.From(0, start),
        B = p.B.From(start, column),
        C = p.CAt(0, column),
        CStride = p.CStride,
        Rows = p.Rows,
        Columns = columns,
        Depth = length,
        Add = p.Add || start > 0,
        Bias = p.BiasAt(column, start + length == p.Depth),
    };

    private static void RunPart(WorkerPool pool, Scratch shared, in Product p, int depth)
    {
        int packedColumns = Blocking.RoundUp(p.Columns, TileColumns);
        float* packed = shared.Floats((long)packedColumns * p.Depth);
        int groups = Blocking.Count(p.Columns, PanelsPerPiece * TileColumns);
        pool.Run(groups * Blocking.Count(p.Depth, depth), new PackWork(p, packed, packedColumns, depth, groups));

        int rows = Blocking.Even(p.Rows, Blocking.Rows, RegisterTile<V>.Rows), rowBlocks = Blocking.Count(p.Rows, rows);
        int columns = Blocking.Even(p.Columns, rowBlocks < ManyBlocks ? NarrowColumns : WideColumns, TileColumns);
        pool.Run(
            rowBlocks * Blocking.Count(p.Columns, columns), new MultiplyWork(p, packed, packedColumns, depth, rows, rowBlocks, columns));
    }

    /// <summary>A piece: some panels of a depth block of B.</summary>
    private readonly struct PackWork(Product p, float* packed, int packedColumns, int depth, int groups) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            int k = piece / groups * depth, j = piece % groups * PanelsPerPiece * TileColumns;
            int kLength = Math.Min(depth, p.Depth - k), width = Math.Min(PanelsPerPiece * TileColumns, p.Columns - j);
            BlockProduct<V>.PackB(p.B.From(k, j), width, kLength, packed + ((long)k * packedColumns) + ((long)j * kLength));
        }
    }

    /// <summary>A piece: some rows times some columns, over the whole depth.</summary>
    private readonly struct MultiplyWork(
        Product p, float* packed, int packedColumns, int depth, int rows, int rowBlocks, int columns) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            int i = piece % rowBlocks * rows, j = piece / rowBlocks * columns;
            int height = Math.Min(rows, p.Rows - i), width = Math.Min(columns, p.Columns - j);
            float* packedA = scratch.Floats((long)rows * depth);
            for (int k = 0; k < p.Depth; k += depth)
            {
                int kLength = Math.Min(depth, p.Depth - k);
                BlockProduct<V>.PackA(p.A.From(i, k), height, kLength, packedA);
                float* panels = packed + ((long)k * packedColumns) + ((long)j * kLength);
                BlockProduct<V>.Multiply(
                    packedA, height, panels, width, kLength, p.CAt(i, j), p.CStride, p.Add || k > 0, p.BiasAt(j, k + kLength == p.Depth));
            }
        }
    }
}
