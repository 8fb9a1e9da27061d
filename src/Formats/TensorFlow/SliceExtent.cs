// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>The part [Start, Start + Length) of one dimension that a slice of a partitioned variable has.
/// A length of −1 is the whole dimension.</summary>
internal readonly record struct SliceExtent(long Start, long Length)
{
    public const long Whole = -1;

    /// <summary>The number of indices, given the dimension's size.</summary>
    public long LengthIn(long size) => Length == Whole ? size : Length;

    /// <summary>Whether the extent lies in a dimension of this size.</summary>
    public bool FitsIn(long size) => Length == Whole ? Start == 0 : Start >= 0 && Length >= 0 && Start <= size && Length <= size - Start;
}
