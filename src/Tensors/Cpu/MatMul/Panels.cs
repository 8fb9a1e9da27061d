// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>Packing: the lines of a matrix (rows of A, columns of B) are laid out in panels of a few lines, [depth][line], so
/// that the inner loop of the product reads memory strictly forward.</summary>
/// <remarks>A panel with fewer lines than its width has lanes of any content, whose products nobody stores.</remarks>
internal static unsafe class Panels
{
    private const int Group = 8;

    // How far ahead rows are asked for that lie too far apart for the processor to guess.
    private const int PrefetchedRows = 16;

    private const int PanelsAtOnce = 4;

    // Lines that are copied at a time, two registers with AVX-512: all or half of a panel of B.
    private const int Chunk = 32;

    /// <summary>Packs <paramref name="lines"/> lines into panels of <paramref name="width"/>, an even number.</summary>
    /// <param name="source">Line 0, depth 0.</param>
    /// <param name="lineStride">Floats from a line to the next.</param>
    /// <param name="depthStride">Floats from an element of a line to its next. One of the strides is 1.</param>
    /// <param name="lines">Number of lines.</param>
    /// <param name="depth">Elements of a line.</param>
    /// <param name="width">Lines of a panel.</param>
    /// <param name="packed">Destination: one panel after another, each depth · width floats.</param>
    public static void Pack(float* source, int lineStride, int depthStride, int lines, int depth, int width, float* packed)
    {
        if (lineStride == 1)
        {
            CopyPanels(source, depthStride, lines, depth, width, packed);
            return;
        }

        for (int first = 0; first < lines; first += width)
        {
            TransposePanel(source + ((long)first * lineStride), lineStride, Math.Min(width, lines - first), depth, width, packed);
            packed += (long)depth * width;
        }
    }

    /// <summary>A few panels at a time, and those within a row of the source: rows lie pages apart, and so do panels, at distances at
    /// which more of them would push each other out of the cache.</summary>
    private static void CopyPanels(float* source, int depthStride, int lines, int depth, int width, float* packed)
    {
        for (int first = 0; first < lines; first += PanelsAtOnce * width)
        {
            int count = Math.Min(PanelsAtOnce * width, lines - first);
            float* to = packed + ((long)first * depth);
            if (width % Chunk == 0 && count % width == 0)
            {
                CopyWholePanels(source + first, depthStride, count, depth, width, to);
            }
            else
            {
                CopyFewPanels(source + first, depthStride, count, depth, width, to);
            }
        }
    }

    /// <summary>Whole panels of B for AVX-512, the most frequent case.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyWholePanels(float* source, int depthStride, int lines, int depth, int width, float* packed)
    {
        long toNextPanel = ((long)width * depth) - width, ahead = (long)PrefetchedRows * depthStride;
        for (int k = 0; k < depth; k++)
        {
            float* from = source, to = packed;
            while (from < source + lines)
            {
                for (float* end = from + width; from < end; from += Chunk)
                {
                    Prefetch.Line(from + ahead);
                    Prefetch.Line(from + ahead + 16);
                    Vector512.Load(from).Store(to);
                    Vector512.Load(from + 16).Store(to + 16);
                    to += Chunk;
                }

                to += toNextPanel;
            }

            source += depthStride;
            packed += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyFewPanels(float* source, int depthStride, int lines, int depth, int width, float* packed)
    {
        for (int k = 0; k < depth; k++)
        {
            float* from = source + ((long)k * depthStride), to = packed + ((long)k * width);
            Prefetch.Floats(from + ((long)PrefetchedRows * depthStride), lines);
            int first = 0;
            for (; first + width <= lines; first += width)
            {
                CopyLine(from + first, width, to);
                to += (long)depth * width;
            }

            CopyLine(from + first, lines - first, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyLine(float* source, int count, float* destination)
    {
        int i = 0;
        for (; i + 16 <= count; i += 16)
        {
            Vector512.Load(source + i).Store(destination + i);
        }

        for (; i + 4 <= count; i += 4)
        {
            Vector128.Load(source + i).Store(destination + i);
        }

        for (; i < count; i++)
        {
            destination[i] = source[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposePanel(float* source, int lineStride, int lines, int depth, int width, float* packed)
    {
        if (TransposedBlock.IsSupported && (width % TransposedBlock.Size == 0 || width == 12))
        {
            TransposeInSixteens(source, lineStride, lines, depth, width, packed);
            return;
        }

        for (int first = 0; first < lines; first += Group)
        {
            float* group = source + ((long)first * lineStride);
            int count = Math.Min(Group, lines - first), lanes = Math.Min(Group, width - first);
            int done = Avx.IsSupported ? TransposeInFours(group, lineStride, count, depth, width, lanes, packed + first) : 0;
            TransposeRest(group, lineStride, count, done, depth, width, packed + first);
        }
    }

    private static void TransposeInSixteens(float* source, int lineStride, int lines, int depth, int width, float* packed)
    {
        for (int first = 0; first < lines; first += TransposedBlock.Size)
        {
            float* group = source + ((long)first * lineStride);
            int count = Math.Min(TransposedBlock.Size, lines - first), lanes = Math.Min(TransposedBlock.Size, width - first);
            int done = TransposedBlock.Run(group, lineStride, count, depth, lanes, packed + first, width);
            TransposeRest(group, lineStride, count, done, depth, width, packed + first);
        }
    }

    /// <summary>The elements of lines that do not fill a block.</summary>
    private static void TransposeRest(float* lines, int lineStride, int count, int done, int depth, int width, float* packed)
    {
        for (int line = 0; line < count; line++)
        {
            for (int k = done; k < depth; k++)
            {
                packed[((long)k * width) + line] = lines[((long)line * lineStride) + k];
            }
        }
    }

    /// <summary>Eight lines by four elements at a time. Absent lines are read as the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int TransposeInFours(float* source, int lineStride, int lines, int depth, int width, int lanes, float* packed)
    {
        float* p0 = source, p1 = Line(source, lineStride, lines, 1), p2 = Line(source, lineStride, lines, 2);
        float* p3 = Line(source, lineStride, lines, 3), p4 = Line(source, lineStride, lines, 4), p5 = Line(source, lineStride, lines, 5);
        float* p6 = Line(source, lineStride, lines, 6), p7 = Line(source, lineStride, lines, 7);
        int k = 0;
        for (; k + 4 <= depth; k += 4)
        {
            Vector256<float> a0 = Pair(p0 + k, p4 + k), a1 = Pair(p1 + k, p5 + k), a2 = Pair(p2 + k, p6 + k), a3 = Pair(p3 + k, p7 + k);
            Vector256<float> low01 = Avx.UnpackLow(a0, a1), high01 = Avx.UnpackHigh(a0, a1);
            Vector256<float> low23 = Avx.UnpackLow(a2, a3), high23 = Avx.UnpackHigh(a2, a3);
            Vector256<float> b0 = Avx.Shuffle(low01, low23, 0x44), b1 = Avx.Shuffle(low01, low23, 0xEE);
            Vector256<float> b2 = Avx.Shuffle(high01, high23, 0x44), b3 = Avx.Shuffle(high01, high23, 0xEE);
            if (lanes == Group)
            {
                b0.Store(packed);
                b1.Store(packed + width);
                b2.Store(packed + (2 * width));
                b3.Store(packed + (3 * width));
            }
            else
            {
                PutLanes(b0, lanes, packed);
                PutLanes(b1, lanes, packed + width);
                PutLanes(b2, lanes, packed + (2 * width));
                PutLanes(b3, lanes, packed + (3 * width));
            }

            packed += 4 * width;
        }

        return k;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float* Line(float* source, int lineStride, int lines, int line) => source
        + ((long)Math.Min(line, lines - 1) * lineStride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Pair(float* low, float* high) => Vector256.Create(Vector128.Load(low), Vector128.Load(high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutLanes(Vector256<float> values, int lanes, float* destination)
    {
        Vector128<float> rest = values.GetLower();
        if ((lanes & 4) != 0)
        {
            rest.Store(destination);
            rest = values.GetUpper();
            destination += 4;
        }

        if ((lanes & 2) != 0)
        {
            *(double*)destination = rest.AsDouble().ToScalar();
        }
    }
}
