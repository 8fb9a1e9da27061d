// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix product on all threads: A is read where it lies, or packed once by all for all; then each piece packs some
/// columns of B in the second-level cache of the thread that uses them at once, so that its packed form never leaves the cache. B
/// is read once for each part of A that is packed at once; mostly there is one.</summary>
internal static unsafe class PooledProduct<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>Most panels of B that a piece packs: with a depth of 768 floats they take 384 KiB.</summary>
    private const int MostPanels = 4;

    /// <summary>So many pieces at least, where there are as many panels.</summary>
    private const int WantedGroups = 12;

    /// <summary>What a packed element of B costs, counted in rows of multiply-adds.</summary>
    private const int PackingCost = 6;

    /// <summary>Bytes. Rows of a strip at multiples of it share one set of the first-level cache, or two: its lines are 4 KiB
    /// apart.</summary>
    private const int LeastPeriod = 2048;

    private static int TileRows => RegisterTile<V>.Rows;

    private static int TileColumns => RegisterTile<V>.Columns;

    /// <summary>Does the product: in parts, if A has to be packed and is larger than what is packed at once.</summary>
    public static void Run(WorkerPool pool, Scratch shared, in Product p)
    {
        int depth = Blocking.Depth(p);
        if (ReadsInPlace(p.A))
        {
            Multiply(pool, p, packed: null, depth);
            return;
        }

        int most = Math.Max(Blocking.Rows, Blocking.SharedFloats / p.Depth / Blocking.Rows * Blocking.Rows);
        int rows = Blocking.Even(p.Rows, most, TileRows);
        for (int i = 0; i < p.Rows; i += rows)
        {
            Product part = p.Block(i, Math.Min(rows, p.Rows - i), 0, p.Columns, 0, p.Depth);
            Multiply(pool, part, PackAll(pool, shared, part, depth), depth);
        }
    }

    private static void Multiply(WorkerPool pool, in Product p, float* packed, int depth)
    {
        int panels = Blocking.Count(p.Columns, TileColumns);
        long panelCost = (long)(p.Rows + PackingCost) * p.Depth * TileColumns;
        int least = (int)Math.Clamp(Blocking.PieceCost / panelCost, 1, MostPanels);
        int columns = Math.Clamp(panels / WantedGroups, least, MostPanels) * TileColumns;
        PieceCut cut = PieceCut.Of(p, columns);
        pool.Run(cut.Count, new MultiplyWork(p, packed, depth, cut));
    }

    /// <summary>Whether A need not be packed: its rows lie along the depth, and not so that a strip's share a set of the first-level
    /// cache.</summary>
    private static bool ReadsInPlace(MatrixView a) =>
        V.Count > 1 && a.ColumnStride == 1 && (long)a.RowStride * sizeof(float) % LeastPeriod != 0;

    private static float* PackAll(WorkerPool pool, Scratch shared, in Product p, int depth)
    {
        int packedRows = Blocking.RoundUp(p.Rows, TileRows), rowBlocks = Blocking.Count(p.Rows, Blocking.Rows);
        float* packed = shared.Floats((long)packedRows * p.Depth);
        pool.Run(
            rowBlocks * Blocking.Count(p.Depth, depth), new PackWork(p, packed, depth, rowBlocks),
            alone: (long)packedRows * p.Depth * PackingCost < Blocking.PieceCost);
        return packed;
    }

    /// <summary>The packed block of A that begins with an element: blocks of the depth one after another.</summary>
    private static float* PackedBlock(in Product p, float* packed, int row, int k, int length) =>
        packed + ((long)k * Blocking.RoundUp(p.Rows, TileRows)) + ((long)row * length);

    /// <summary>A piece: a depth block of some rows of A.</summary>
    private readonly struct PackWork(Product p, float* packed, int depth, int rowBlocks) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            int i = piece % rowBlocks * Blocking.Rows, k = piece / rowBlocks * depth;
            int height = Math.Min(Blocking.Rows, p.Rows - i), kLength = Math.Min(depth, p.Depth - k);
            BlockProduct<V>.PackA(p.A.From(i, k), height, kLength, PackedBlock(p, packed, i, k, kLength));
        }
    }

    /// <summary>A piece: some rows times some columns, over the whole depth. A is packed, or null: read where it lies.</summary>
    private readonly struct MultiplyWork(Product p, float* packed, int depth, PieceCut cut) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            (int i, int height, int j, int width) = cut.Piece(piece);
            int columns = Blocking.RoundUp(width, TileColumns);
            float* panels = scratch.Floats((long)(columns + TileRows) * depth), rest = panels + ((long)columns * depth);
            for (int k = 0; k < p.Depth; k += depth)
            {
                Product block = p.Block(i, height, j, width, k, Math.Min(depth, p.Depth - k));
                BlockProduct<V>.PackB(block.B, width, block.Depth, panels);
                if (packed is null)
                {
                    MultiplyInPlace(block, panels, rest);
                }
                else
                {
                    float* rows = PackedBlock(p, packed, i, k, block.Depth);
                    BlockProduct<V>.Multiply(BlockProduct<V>.Packed(rows, block.Depth), panels, block);
                }
            }
        }

        // Rows that do not fill a strip are packed, since behind them there may be no memory.
        private static void MultiplyInPlace(in Product block, float* panels, float* packedRest)
        {
            int whole = block.Rows / TileRows * TileRows, rest = block.Rows - whole;
            BlockProduct<V>.Multiply(
                BlockProduct<V>.InPlace(block.A), panels, block.Block(0, whole, 0, block.Columns, 0, block.Depth));
            if (rest > 0)
            {
                Product last = block.Block(whole, rest, 0, block.Columns, 0, block.Depth);
                BlockProduct<V>.PackA(last.A, rest, last.Depth, packedRest);
                BlockProduct<V>.Multiply(BlockProduct<V>.Packed(packedRest, last.Depth), panels, last);
            }
        }
    }
}
