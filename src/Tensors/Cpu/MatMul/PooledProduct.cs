// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>A matrix product on all threads: A is read where it lies; each piece packs some columns of B in the second-level cache of
/// the thread that uses them at once, so that their packed form never leaves the cache. B is read once, but for the last pieces.</summary>
internal static unsafe class PooledProduct<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>Most panels of B that a piece packs, or half as many wide ones: with a depth of 768 floats they take 384 KiB.</summary>
    private const int MostPanels = 4;

    /// <summary>So many pieces at least, where there are as many panels.</summary>
    private const int WantedGroups = 12;

    /// <summary>What a packed element of B costs, counted in rows of multiply-adds.</summary>
    private const int PackingCost = 6;

    private static int TileRows => RegisterTile<V>.Rows;

    /// <summary>Does the product.</summary>
    public static void Run(WorkerPool pool, in Product p)
    {
        PieceCut cut = PieceCut.Of(p, GroupColumns(p), PanelColumns(p));
        pool.Run(cut.Count, new MultiplyWork(p, cut));
    }

    /// <summary>Does two products. Threads that have nothing left to do of the first go on with the second.</summary>
    public static void RunBoth(WorkerPool pool, in Product first, in Product second)
    {
        PieceCut cut = PieceCut.IntoGroups(first, GroupColumns(first));
        PieceCut lastCut = PieceCut.Of(second, GroupColumns(second), PanelColumns(second));
        pool.Run(cut.Count + lastCut.Count, new MultiplyBothWork(new(first, cut), new(second, lastCut), cut.Count));
    }

    private static int PanelColumns(in Product p) => RegisterTile<V>.IsWide(p) ? RegisterTile<V>.WideColumns : RegisterTile<V>.Columns;

    private static int GroupColumns(in Product p)
    {
        int panel = PanelColumns(p), panels = Blocking.Count(p.Columns, panel), most = MostPanels * RegisterTile<V>.Columns / panel;
        long panelCost = (long)(p.Rows + PackingCost) * p.Depth * panel;
        int least = (int)Math.Clamp(Blocking.PieceCost / panelCost, 1, most);
        return Math.Clamp(panels / WantedGroups, least, most) * panel;
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
            int depth = Blocking.Depth(p), panel = PanelColumns(p), columns = Blocking.RoundUp(width, panel);
            float* panels = scratch.Floats((long)(columns + TileRows) * depth), packedRows = panels + ((long)columns * depth);
            for (int k = 0; k < p.Depth; k += depth)
            {
                Product block = p.Block(i, height, j, width, k, Math.Min(depth, p.Depth - k));
                BlockProduct<V>.PackB(block.B, width, block.Depth, panel, panels);
                if (RegisterTile<V>.IsWide(p))
                {
                    BlockProduct<V>.MultiplyWide(BlockProduct<V>.InPlace(block.A, ahead: 0), panels, block);
                }
                else
                {
                    MultiplyBlock(block, panels, packedRows);
                }
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
