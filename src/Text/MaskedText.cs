// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

/// <summary>The input of a model in which some tokens are [MASK].</summary>
/// <param name="InputIds">[CLS] … [SEP]; [S].</param>
/// <param name="TokenTypeIds">Of the same length, [S].</param>
/// <param name="MaskPositions">Where [MASK] is, ascending.</param>
public sealed record MaskedText(int[] InputIds, int[] TokenTypeIds, int[] MaskPositions);
