// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Keys of index blocks: any that separates two data blocks will do, and the writer of the format takes short ones.</summary>
/// <remarks>tensorflow/core/lib/io/table_builder.cc <c>FindShortestSeparator</c>, <c>FindShortSuccessor</c>.</remarks>
internal static class TableKeys
{
    /// <summary>A key from <paramref name="last"/> (included) to <paramref name="next"/> (excluded): what they share and one byte, if
    /// there is room between their first bytes that differ; else the last key itself.</summary>
    public static byte[] Separator(byte[] last, byte[] next)
    {
        int shared = last.AsSpan().CommonPrefixLength(next);
        return shared < Math.Min(last.Length, next.Length) && last[shared] + 1 < next[shared] ? Incremented(last, shared) : last;
    }

    /// <summary>A key not before <paramref name="last"/>, after which none comes: up to its first byte that can be greater.</summary>
    public static byte[] Successor(byte[] last)
    {
        int place = last.AsSpan().IndexOfAnyExcept(byte.MaxValue);
        return place < 0 ? last : Incremented(last, place);
    }

    private static byte[] Incremented(byte[] key, int place) => [.. key[..place], (byte)(key[place] + 1)];
}
