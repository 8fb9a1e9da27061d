// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix product on all threads: A is read where it lies; each piece packs some columns of B in the second-level cache of
/// the thread that uses them at once, so that their packed form never leaves the cache. B is read once, but for the last pieces, for each
/// part of A that is copied at once; mostly there is one.</summary>
internal static unsafe class PooledProduct<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>Most panels of B that a piece packs: with a depth of 768 floats they take 384 KiB.</summary>
    private const int MostPanels = 4;

    /// <summary>So many pieces at least, where there are as many panels.</summary>
    private const int WantedGroups = 12;

    /// <summary>What a packed element of B costs, counted in rows of multiply-adds.</summary>
    private const int PackingCost = 6;

    private static int TileRows => RegisterTile<V>.Rows;

    private static int TileColumns => RegisterTile<V>.Columns;

    /// <summary>Does the product: in parts, if A has to be copied and is larger than what is copied at once.</summary>
    public static void Run(WorkerPool pool, Scratch shared, in Product p)
    {
        if (!SpreadRows.Helps(p.A))
        {
            Multiply(pool, p);
            return;
        }

        int most = Math.Max(Blocking.Rows, Blocking.SharedFloats / p.Depth / Blocking.Rows * Blocking.Rows);
        int rows = Blocking.Even(p.Rows, most, TileRows);
        for (int i = 0; i < p.Rows; i += rows)
        {
            Product part = p.Block(i, Math.Min(rows, p.Rows - i), 0, p.Columns, 0, p.Depth);
            Multiply(pool, part with { A = SpreadRows.Copy(pool, shared, part.A, part.Rows, part.Depth) });
        }
    }

    /// <summary>Does two products, the A of the second being that of the first transposed. Threads that have nothing left to do of the
    /// first go on with the second; a copy of A serves both, but if it is more than is copied at once they are done one by one.</summary>
    public static void RunBoth(WorkerPool pool, Scratch shared, in Product first, in Product second)
    {
        if (!SpreadRows.Helps(first.A) && !SpreadRows.Helps(second.A))
        {
            MultiplyBoth(pool, first, second);
        }
        else if ((long)first.Rows * first.Depth <= Blocking.SharedFloats)
        {
            MatrixView a = SpreadRows.Copy(pool, shared, first.A, first.Rows, first.Depth);
            MultiplyBoth(pool, first with { A = a }, second with { A = a.Transposed });
        }
        else
        {
            Run(pool, shared, first);
            Run(pool, shared, second);
        }
    }

    private static void MultiplyBoth(WorkerPool pool, in Product first, in Product second)
    {
        PieceCut cut = PieceCut.IntoGroups(first, GroupColumns(first)), lastCut = PieceCut.Of(second, GroupColumns(second), TileColumns);
        pool.Run(cut.Count + lastCut.Count, new MultiplyBothWork(new(first, cut), new(second, lastCut), cut.Count));
    }

    private static void Multiply(WorkerPool pool, in Product p)
    {
        PieceCut cut = PieceCut.Of(p, GroupColumns(p), TileColumns);
        pool.Run(cut.Count, new MultiplyWork(p, cut));
    }

    private static int GroupColumns(in Product p)
    {
        int panels = Blocking.Count(p.Columns, TileColumns);
        long panelCost = (long)(p.Rows + PackingCost) * p.Depth * TileColumns;
        int least = (int)Math.Clamp(Blocking.PieceCost / panelCost, 1, MostPanels);
        return Math.Clamp(panels / WantedGroups, least, MostPanels) * TileColumns;
    }

    /// <summary>The pieces of a product, then those of another.</summary>
    private readonly struct MultiplyBothWork(MultiplyWork first, MultiplyWork second, int firstPieces) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            if (piece < firstPieces)
            {
                first.Run(piece, scratch);
            }
            else
            {
                second.Run(piece - firstPieces, scratch);
            }
        }
    }

    /// <summary>A piece: some rows times some columns, over the whole depth.</summary>
    private readonly struct MultiplyWork(Product p, PieceCut cut) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            (int i, int height, int j, int width) = cut.Piece(piece);
            int depth = Blocking.Depth(p), columns = Blocking.RoundUp(width, TileColumns);
            float* panels = scratch.Floats((long)(columns + TileRows) * depth), packedRows = panels + ((long)columns * depth);
            for (int k = 0; k < p.Depth; k += depth)
            {
                Product block = p.Block(i, height, j, width, k, Math.Min(depth, p.Depth - k));
                BlockProduct<V>.PackB(block.B, width, block.Depth, panels);
                MultiplyBlock(block, panels, packedRows);
            }
        }

        private static void MultiplyBlock(in Product block, float* panels, float* packedRows)
        {
            int whole = block.Rows / TileRows * TileRows, rest = block.Rows - whole;
            BlockProduct<V>.Multiply(
                BlockProduct<V>.InPlace(block.A, ahead: Blocking.Rows), panels, block.Block(0, whole, 0, block.Columns, 0, block.Depth));
            if (rest > 0)
            {
                BlockProduct<V>.MultiplyRest(block.Block(whole, rest, 0, block.Columns, 0, block.Depth), panels, packedRows);
            }
        }
    }
}
