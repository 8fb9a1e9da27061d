// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Sizes that come from files, and so may overflow.</summary>
internal static class TensorSize
{
    /// <summary>The bytes that a tensor of this shape and type takes; false where that is not below 2⁶³,
    /// where a type of less than 8 bits does not fill its last byte, or where a dimension is negative.</summary>
    public static bool TryBytes(TensorInfo info, out long bytes)
    {
        bytes = 0;
        if (!TryCount(info.Shape, out long count))
        {
            return false;
        }

        long bits = info.Type.BitsPerElement();
        if (bits % 8 == 0)
        {
            bits /= 8;
            return TryMultiply(count, bits, out bytes);
        }

        bool fits = TryMultiply(count, bits, out long total) && total % 8 == 0;
        bytes = total / 8;
        return fits;
    }

    /// <summary>The number of elements; false where a partial product is not below 2⁶³ or a dimension is negative.</summary>
    public static bool TryCount(IReadOnlyList<long> shape, out long count)
    {
        count = 1;
        foreach (long size in shape)
        {
            if (size < 0 || !TryMultiply(count, size, out count))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryMultiply(long x, long y, out long product)
    {
        long high = Math.BigMul(x, y, out product);
        return high == 0 && product >= 0;
    }
}
