// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BertManaged.Tensors;

/// <summary>Sixteen lines by sixteen elements, transposed in registers: how AVX-512 packs lines that lie apart.</summary>
internal static unsafe class TransposedBlock
{
    /// <summary>Lines, and elements of a line.</summary>
    public const int Size = 16;

    // Four blocks: with 1, 8 or the next lines in their place memory is read more slowly.
    private const int Ahead = 4 * Size;

    /// <summary>Whether the machine can.</summary>
    public static bool IsSupported
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Avx512F.IsSupported;
    }

    /// <summary>Transposes whole blocks; gives back how many elements of each line are done.</summary>
    /// <param name="source">Line 0, element 0.</param>
    /// <param name="lineStride">Floats from a line to the next.</param>
    /// <param name="lines">Lines there are, 1 to 16; absent ones are read as the last.</param>
    /// <param name="depth">Elements of a line.</param>
    /// <param name="lanes">Floats to be stored for each element: 16 or 12.</param>
    /// <param name="packed">Destination of element 0.</param>
    /// <param name="width">Floats from an element's place to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Run(float* source, int lineStride, int lines, int depth, int lanes, float* packed, int width)
    {
        int k = 0;
        for (; k + Size <= depth; k += Size)
        {
            float* from = source + k, to = packed + ((long)k * width);
            PrefetchNext(from, lineStride);
            Vector512<float> a0 = Load(from, lineStride, lines, 0);
            Vector512<float> a1 = Load(from, lineStride, lines, 1);
            Vector512<float> a2 = Load(from, lineStride, lines, 2);
            Vector512<float> a3 = Load(from, lineStride, lines, 3);
            Vector512<float> a4 = Load(from, lineStride, lines, 4);
            Vector512<float> a5 = Load(from, lineStride, lines, 5);
            Vector512<float> a6 = Load(from, lineStride, lines, 6);
            Vector512<float> a7 = Load(from, lineStride, lines, 7);
            Vector512<float> a8 = Load(from, lineStride, lines, 8);
            Vector512<float> a9 = Load(from, lineStride, lines, 9);
            Vector512<float> a10 = Load(from, lineStride, lines, 10);
            Vector512<float> a11 = Load(from, lineStride, lines, 11);
            Vector512<float> a12 = Load(from, lineStride, lines, 12);
            Vector512<float> a13 = Load(from, lineStride, lines, 13);
            Vector512<float> a14 = Load(from, lineStride, lines, 14);
            Vector512<float> a15 = Load(from, lineStride, lines, 15);

            Vector512<float> b0 = Avx512F.UnpackLow(a0, a1), b1 = Avx512F.UnpackHigh(a0, a1);
            Vector512<float> b2 = Avx512F.UnpackLow(a2, a3), b3 = Avx512F.UnpackHigh(a2, a3);
            Vector512<float> b4 = Avx512F.UnpackLow(a4, a5), b5 = Avx512F.UnpackHigh(a4, a5);
            Vector512<float> b6 = Avx512F.UnpackLow(a6, a7), b7 = Avx512F.UnpackHigh(a6, a7);
            Vector512<float> b8 = Avx512F.UnpackLow(a8, a9), b9 = Avx512F.UnpackHigh(a8, a9);
            Vector512<float> b10 = Avx512F.UnpackLow(a10, a11), b11 = Avx512F.UnpackHigh(a10, a11);
            Vector512<float> b12 = Avx512F.UnpackLow(a12, a13), b13 = Avx512F.UnpackHigh(a12, a13);
            Vector512<float> b14 = Avx512F.UnpackLow(a14, a15), b15 = Avx512F.UnpackHigh(a14, a15);

            a0 = Low(b0, b2);
            a1 = High(b0, b2);
            a2 = Low(b1, b3);
            a3 = High(b1, b3);
            a4 = Low(b4, b6);
            a5 = High(b4, b6);
            a6 = Low(b5, b7);
            a7 = High(b5, b7);
            a8 = Low(b8, b10);
            a9 = High(b8, b10);
            a10 = Low(b9, b11);
            a11 = High(b9, b11);
            a12 = Low(b12, b14);
            a13 = High(b12, b14);
            a14 = Low(b13, b15);
            a15 = High(b13, b15);

            b0 = Avx512F.Shuffle4x128(a0, a4, 0x88);
            b4 = Avx512F.Shuffle4x128(a0, a4, 0xDD);
            b8 = Avx512F.Shuffle4x128(a8, a12, 0x88);
            b12 = Avx512F.Shuffle4x128(a8, a12, 0xDD);
            b1 = Avx512F.Shuffle4x128(a1, a5, 0x88);
            b5 = Avx512F.Shuffle4x128(a1, a5, 0xDD);
            b9 = Avx512F.Shuffle4x128(a9, a13, 0x88);
            b13 = Avx512F.Shuffle4x128(a9, a13, 0xDD);
            b2 = Avx512F.Shuffle4x128(a2, a6, 0x88);
            b6 = Avx512F.Shuffle4x128(a2, a6, 0xDD);
            b10 = Avx512F.Shuffle4x128(a10, a14, 0x88);
            b14 = Avx512F.Shuffle4x128(a10, a14, 0xDD);
            b3 = Avx512F.Shuffle4x128(a3, a7, 0x88);
            b7 = Avx512F.Shuffle4x128(a3, a7, 0xDD);
            b11 = Avx512F.Shuffle4x128(a11, a15, 0x88);
            b15 = Avx512F.Shuffle4x128(a11, a15, 0xDD);

            Store(Avx512F.Shuffle4x128(b0, b8, 0x88), lanes, to + (0 * width));
            Store(Avx512F.Shuffle4x128(b4, b12, 0x88), lanes, to + (4 * width));
            Store(Avx512F.Shuffle4x128(b0, b8, 0xDD), lanes, to + (8 * width));
            Store(Avx512F.Shuffle4x128(b4, b12, 0xDD), lanes, to + (12 * width));
            Store(Avx512F.Shuffle4x128(b1, b9, 0x88), lanes, to + (1 * width));
            Store(Avx512F.Shuffle4x128(b5, b13, 0x88), lanes, to + (5 * width));
            Store(Avx512F.Shuffle4x128(b1, b9, 0xDD), lanes, to + (9 * width));
            Store(Avx512F.Shuffle4x128(b5, b13, 0xDD), lanes, to + (13 * width));
            Store(Avx512F.Shuffle4x128(b2, b10, 0x88), lanes, to + (2 * width));
            Store(Avx512F.Shuffle4x128(b6, b14, 0x88), lanes, to + (6 * width));
            Store(Avx512F.Shuffle4x128(b2, b10, 0xDD), lanes, to + (10 * width));
            Store(Avx512F.Shuffle4x128(b6, b14, 0xDD), lanes, to + (14 * width));
            Store(Avx512F.Shuffle4x128(b3, b11, 0x88), lanes, to + (3 * width));
            Store(Avx512F.Shuffle4x128(b7, b15, 0x88), lanes, to + (7 * width));
            Store(Avx512F.Shuffle4x128(b3, b11, 0xDD), lanes, to + (11 * width));
            Store(Avx512F.Shuffle4x128(b7, b15, 0xDD), lanes, to + (15 * width));
        }

        return k;
    }

    /// <summary>Asks for what comes next but three in these lines: so many at once are more than the processor follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchNext(float* from, int lineStride)
    {
        float* next = from + Ahead;
        for (int line = 0; line < Size; line++)
        {
            Prefetch.Line(next);
            next += lineStride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load(float* from, int lineStride, int lines, int line) =>
        Vector512.Load(from + ((long)Math.Min(line, lines - 1) * lineStride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Low(Vector512<float> a, Vector512<float> b) =>
        Avx512F.UnpackLow(a.AsDouble(), b.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> High(Vector512<float> a, Vector512<float> b) =>
        Avx512F.UnpackHigh(a.AsDouble(), b.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<float> values, int lanes, float* to)
    {
        if (lanes == Size)
        {
            values.Store(to);
        }
        else
        {
            values.GetLower().Store(to);
            values.GetUpper().GetLower().Store(to + 8);
        }
    }
}
