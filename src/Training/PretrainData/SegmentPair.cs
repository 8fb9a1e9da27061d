// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The two texts of an example: [CLS] A [SEP] B [SEP].</summary>
/// <param name="A">The first; at least one token.</param>
/// <param name="B">The second; at least one token.</param>
/// <param name="IsRandomNext">Whether B was drawn from anywhere, rather than what follows A.</param>
internal readonly record struct SegmentPair(TokenRange A, TokenRange B, bool IsRandomNext)
{
    /// <summary>[CLS] and two [SEP].</summary>
    public const int SpecialTokens = 3;

    /// <summary>Tokens of the example, [CLS] and [SEP] included.</summary>
    public int TokenCount => A.Length + B.Length + SpecialTokens;

    /// <summary>Where A begins in the example: behind [CLS].</summary>
    public static int StartOfA => 1;

    /// <summary>Where B begins in the example: behind the first [SEP].</summary>
    public int StartOfB => A.Length + 2;
}
