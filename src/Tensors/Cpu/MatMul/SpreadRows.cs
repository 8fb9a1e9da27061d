// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors;

/// <summary>Lines of memory moved apart: a copy of a matrix whose lines lie at such a distance that those which are read together share
/// the sets of a cache.</summary>
internal static unsafe class SpreadRows
{
    // Bytes. Lines along the depth: a strip's rows at a multiple of it share one set of a first-level cache of 48 KiB, or two.
    private const int LeastPeriodAlong = 2048;

    // Lines across: each is read for one step of the depth, so that two sets are enough for them.
    private const int LeastPeriodAcross = 4096;

    // As many as a tile has rows: some tens of KiB for the sizes of BERT.
    private const int LinesOfPiece = 12;

    /// <summary>Whether a product that reads A where it lies had better read a copy.</summary>
    public static bool Helps(MatrixView a) =>
        (long)LineStride(a) * sizeof(float) % (a.ColumnStride == 1 ? LeastPeriodAlong : LeastPeriodAcross) == 0;

    /// <summary>Copies a matrix, on all threads.</summary>
    /// <param name="pool">The threads.</param>
    /// <param name="memory">Where to.</param>
    /// <param name="a">The matrix.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="columns">Its columns.</param>
    public static MatrixView Copy(WorkerPool pool, Scratch memory, MatrixView a, int rows, int columns)
    {
        bool along = a.ColumnStride == 1;
        int lines = along ? rows : columns, length = along ? columns : rows;
        int stride = OddLines(length);
        float* copy = memory.Floats((long)lines * stride);
        pool.RunRanges(lines, LinesOfPiece, new CopyWork(a.Data, LineStride(a), copy, stride, length));
        return along ? new(copy, stride, 1) : new(copy, 1, stride);
    }

    private static int LineStride(MatrixView a) => a.ColumnStride == 1 ? a.RowStride : a.ColumnStride;

    /// <summary>Floats of an odd number of cache lines: lines of memory at such a distance take turns through all sets.</summary>
    private static int OddLines(int length) => checked((Blocking.Count(length, CpuStorage.Line) | 1) * CpuStorage.Line);

    private readonly struct CopyWork(float* from, int fromStride, float* to, int toStride, int length) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (int line = start; line < end; line++)
            {
                new Span<float>(from + ((long)line * fromStride), length).CopyTo(
                    new Span<float>(to + ((long)line * toStride), length));
            }
        }
    }
}
