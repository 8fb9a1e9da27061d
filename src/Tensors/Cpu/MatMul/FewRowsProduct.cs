// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Products with few rows, a sentence or a handful: A is packed once, and each panel of B is packed in the first-level
/// cache of the thread that uses it at once, so that the weight is read once and never written.</summary>
internal static unsafe class FewRowsProduct<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>What a packed element of B costs, counted in rows of multiply-adds.</summary>
    private const int PackingCost = 6;

    /// <summary>Does the product with all threads.</summary>
    public static void Run(WorkerPool pool, Scratch shared, in Product p)
    {
        int tileRows = RegisterTile<V>.Rows, tileColumns = RegisterTile<V>.Columns;
        int rows = Blocking.RoundUp(p.Rows, tileRows), depth = Blocking.Even(p.Depth, Blocking.Depth, 1);
        float* packed = shared.Floats((long)rows * p.Depth);
        for (int k = 0; k < p.Depth; k += depth)
        {
            BlockProduct<V>.PackA(p.A.From(0, k), p.Rows, Math.Min(depth, p.Depth - k), packed + ((long)rows * k));
        }

        long panelCost = (long)(p.Rows + PackingCost) * p.Depth * tileColumns;
        int panels = (int)Math.Clamp(Blocking.PieceCost / Math.Max(1, panelCost), 1, Blocking.Count(p.Columns, tileColumns));
        int columns = panels * tileColumns;
        pool.Run(Blocking.Count(p.Columns, columns), new ColumnsWork(p, packed, rows, depth, columns));
    }

    /// <summary>A piece: all rows of some columns.</summary>
    private readonly struct ColumnsWork(Product p, float* packed, int rows, int depth, int columns) : IWork
    {
        public void Run(int piece, Scratch scratch)
        {
            int tileColumns = RegisterTile<V>.Columns, end = (int)Math.Min(p.Columns, (piece + 1L) * columns);
            float* panel = scratch.Floats((long)depth * tileColumns);
            for (int j = piece * columns; j < end; j += tileColumns)
            {
                int width = Math.Min(tileColumns, end - j);
                for (int k = 0; k < p.Depth; k += depth)
                {
                    int kLength = Math.Min(depth, p.Depth - k);
                    BlockProduct<V>.PackB(p.B.From(k, j), width, kLength, panel);
                    BlockProduct<V>.Multiply(
                        packed + ((long)rows * k), p.Rows, panel, width, kLength, p.CAt(0, j), p.CStride, p.Add || k > 0,
                        p.BiasAt(j, k + kLength == p.Depth));
                }
            }
        }
    }
}
