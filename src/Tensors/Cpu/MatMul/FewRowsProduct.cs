// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>A product of a few rows, a sentence, with a weight that is stored output by output. Reading the weight is what takes time, so
/// it is read once, where it is: the roles are exchanged, and the weight's rows are multiplied with the packed rows of A.</summary>
/// <remarks>The sums are the same chains as in <see cref="PooledProduct{V}"/>; the factors of a product may change places.</remarks>
internal static unsafe class FewRowsProduct<V>
    where V : unmanaged, ISimd<V>
{
    /// <summary>Most rows: more are worth a packed weight.</summary>
    private const int MostRows = 32;

    /// <summary>Pieces of a large product: each has several strips, since a thread asks for its next strip while it multiplies one, and
    /// another thread's strip would come into the wrong cache.</summary>
    private const int WantedPieces = 24;

    /// <summary>Rows of A side by side: one register if they fit (panels have an even width), else panels.</summary>
    private static int Width(int rows) =>
        V.Count > 1 && rows <= V.Count ? V.Count : Blocking.RoundUp(rows, RegisterTile<V>.Columns);

    /// <summary>Whether it can do a product.</summary>
    public static bool Fits(in Product p) => p.Rows <= MostRows && p.B.RowStride == 1 && !p.Add;

    /// <summary>Does the product with all threads.</summary>
    public static void Run(WorkerPool pool, Scratch shared, in Product p)
    {
        int depth = Blocking.Depth(p), width = Width(p.Rows), panel = Math.Min(width, RegisterTile<V>.Columns);
        float* packed = shared.Floats((long)width * p.Depth);
        for (int k = 0; k < p.Depth; k += depth)
        {
            MatrixView a = p.A.From(0, k);
            int kLength = Math.Min(depth, p.Depth - k);
            Panels.Pack(a.Data, a.RowStride, a.ColumnStride, p.Rows, kLength, panel, packed + ((long)width * k));
        }

        int height = width == V.Count ? RegisterTile<V>.NarrowRows : RegisterTile<V>.Rows;
        long strips = Math.Max(p.Columns / WantedPieces / height, Blocking.PieceCost / ((long)width * p.Depth * height));
        int outputs = (int)Math.Max(1, strips) * height;
        pool.Run(Blocking.Count(p.Columns, outputs), new StripsWork(p, packed, width, depth, height, outputs));
    }

    /// <summary>A piece: some outputs of all rows.</summary>
    private readonly struct StripsWork(Product p, float* packed, int width, int depth, int tileRows, int outputs) : IWork
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(int piece, Scratch scratch)
        {
            float* sums = scratch.Floats((long)tileRows * width);
            int end = (int)Math.Min(p.Columns, (piece + 1L) * outputs), height;
            for (int j = piece * outputs; j < end; j += height)
            {
                // A cut strip would read behind the weight.
                height = j + tileRows <= end ? tileRows : 1;
                for (int k = 0; k < p.Depth; k += depth)
                {
                    int kLength = Math.Min(depth, p.Depth - k);
                    float* ahead = p.B.From(0, j + height).Data + ((long)height * k);
                    Multiply(p.B.From(k, j), height, ahead, packed + ((long)width * k), kLength, sums, add: k > 0);
                }

                Store(sums, j, height);
            }
        }

        private void Multiply(MatrixView weight, int height, float* ahead, float* rows, int length, float* sums, bool add)
        {
            var strip = new RegisterTile<V>.Strip(weight.Data, weight.ColumnStride, 1, ahead);
            if (width == V.Count)
            {
                RegisterTile<V>.MultiplyNarrow(strip, rows, length, height, sums, add);
                return;
            }

            for (int i = 0; i < width; i += RegisterTile<V>.Columns)
            {
                RegisterTile<V>.Multiply(
                    strip, rows + ((long)i * length), length, height, RegisterTile<V>.Columns, new(sums + i, width, add, bias: null));
            }
        }

        /// <summary>Row by row: rows of C may begin in the same set of the cache, which cannot hold sixteen of them.</summary>
        private void Store(float* sums, int output, int height)
        {
            for (int r = 0; r < p.Rows; r++)
            {
                float* to = p.CAt(r, output), from = sums + r;
                for (int i = 0; i < height; i++)
                {
                    to[i] = p.Bias is null ? *from : *from + p.Bias[output + i];
                    from += width;
                }
            }
        }
    }
}
