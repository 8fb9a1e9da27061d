// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Puts the slices of a partitioned variable together.</summary>
internal static class SliceAssembly
{
    // Every pair is compared; a real variable has some tens.
    private const int MostSlices = 4096;

    /// <summary>Whether slices cover a shape completely and no element twice; if not, what is wrong.</summary>
    public static string? Problem(IReadOnlyList<long> shape, IReadOnlyList<IReadOnlyList<SliceExtent>> slices)
    {
        if (slices.Count > MostSlices)
        {
            return $"it has {slices.Count} slices, this reader takes {MostSlices}";
        }

        // Inside a shape whose own product fits, no product and no sum of distinct parts can overflow.
        UInt128 covered = 0;
        for (int i = 0; i < slices.Count; i++)
        {
            if (slices[i].Count != shape.Count || slices[i].Where((extent, axis) => !extent.FitsIn(shape[axis])).Any())
            {
                return $"slice {i} lies outside the variable";
            }

            for (int j = 0; j < i; j++)
            {
                if (Overlap(shape, slices[i], slices[j]))
                {
                    return $"slices {j} and {i} overlap";
                }
            }

            covered += (UInt128)Volume(shape, slices[i]);
        }

        return covered == (UInt128)shape.Aggregate(1L, (product, size) => product * size) ? null : "its slices leave gaps";
    }

    /// <summary>The shape of a slice.</summary>
    public static long[] ShapeOf(IReadOnlyList<long> shape, IReadOnlyList<SliceExtent> slice) =>
        [.. slice.Select((extent, axis) => extent.LengthIn(shape[axis]))];

    /// <summary>Copies a slice's elements to their places among the whole variable's.</summary>
    /// <param name="shape">The shape of the variable.</param>
    /// <param name="slice">Which part.</param>
    /// <param name="elementBytes">Bytes of an element.</param>
    /// <param name="part">The slice's bytes, row-major.</param>
    /// <param name="whole">The variable's bytes, row-major.</param>
    public static void Copy(IReadOnlyList<long> shape, IReadOnlyList<SliceExtent> slice, int elementBytes, ByteRange part, Span<byte> whole)
    {
        long[] lengths = ShapeOf(shape, slice);
        int run = elementBytes * (int)(lengths.Length == 0 ? 1 : lengths[^1]);
        var index = new long[lengths.Length];
        for (long done = 0; done < part.Length; done += run)
        {
            long element = 0;
            for (int axis = 0; axis < index.Length; axis++)
            {
                element = (element * shape[axis]) + slice[axis].Start + index[axis];
            }

            part.Span(done, run).CopyTo(whole[(int)(element * elementBytes)..]);
            Advance(index, lengths);
        }
    }

    // The next row: an odometer whose last wheel, the elements of a row, stands still.
    private static void Advance(long[] index, long[] lengths)
    {
        for (int axis = index.Length - 2; axis >= 0; axis--)
        {
            index[axis]++;
            if (index[axis] < lengths[axis])
            {
                return;
            }

            index[axis] = 0;
        }
    }

    private static long Volume(IReadOnlyList<long> shape, IReadOnlyList<SliceExtent> slice) =>
        ShapeOf(shape, slice).Aggregate(1L, (product, length) => product * length);

    private static bool Overlap(IReadOnlyList<long> shape, IReadOnlyList<SliceExtent> x, IReadOnlyList<SliceExtent> y)
    {
        for (int axis = 0; axis < shape.Count; axis++)
        {
            long begin = Math.Max(x[axis].Start, y[axis].Start);
            long end = Math.Min(x[axis].Start + x[axis].LengthIn(shape[axis]), y[axis].Start + y[axis].LengthIn(shape[axis]));
            if (begin >= end)
            {
                return false;
            }
        }

        return true;
    }
}
