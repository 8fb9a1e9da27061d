// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

// Tiles of eight rows, AVX-512: what twelve at a time leave of 128 or 512 tokens.
internal static unsafe partial class RegisterTile<V>
{
    /// <summary>Rows next to each other or along the depth: too few tiles for two loops.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply8(in Strip a, float* b, int depth, in Corner c)
    {
        V l0 = V.Zero, l1 = V.Zero, l2 = V.Zero, l3 = V.Zero, l4 = V.Zero, l5 = V.Zero, l6 = V.Zero, l7 = V.Zero;
        V r0 = V.Zero, r1 = V.Zero, r2 = V.Zero, r3 = V.Zero, r4 = V.Zero, r5 = V.Zero, r6 = V.Zero, r7 = V.Zero;
        long row = a.Row, next = a.Depth, part = PartOf(depth, 8, 1, Columns);
        float* p0 = a.Data, p3 = p0 + (3 * row), p6 = p3 + (3 * row);
        float* last = b + ((long)depth * Columns);
        for (int line = 0; line < 8; line++)
        {
            c.Prefetch(line);
            for (float* end = line < 7 ? b + part : last; b < end; b += Columns)
            {
                V left = V.Load(b), right = V.Load(b + V.Count);
                Add6(
                    p0, p3, row, left, right,
                    ref l0, ref l1, ref l2, ref l3, ref l4, ref l5,
                    ref r0, ref r1, ref r2, ref r3, ref r4, ref r5);
                Step(p6, left, right, ref l6, ref r6);
                Step(p6 + row, left, right, ref l7, ref r7);
                p0 += next;
                p3 += next;
                p6 += next;
            }
        }

        Put6(c, 0,
            l0, l1, l2, l3, l4, l5,
            r0, r1, r2, r3, r4, r5);
        Corner to = c;
        to.Put(6, l6, r6);
        to.Put(7, l7, r7);
    }
}
