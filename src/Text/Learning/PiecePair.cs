// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Learning;

/// <summary>Two pieces that stand beside each other in words.</summary>
/// <param name="Left">Id of the first.</param>
/// <param name="Right">Id of the second, which continues the word.</param>
internal readonly record struct PiecePair(int Left, int Right) : IComparable<PiecePair>
{
    /// <summary>By the ids: the pair of older pieces first.</summary>
    public int CompareTo(PiecePair other) => Left != other.Left ? Left.CompareTo(other.Left) : Right.CompareTo(other.Right);
}
