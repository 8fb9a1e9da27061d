// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>An example of pre-training, without padding and without unused slots: they would count nothing.</summary>
/// <param name="InputIds">Tokens, some of them masked.</param>
/// <param name="TokenTypeIds">0 for the first segment, 1 for the second; as many.</param>
/// <param name="MaskedPositions">Where tokens have to be found, [P].</param>
/// <param name="MaskedIds">Which ones, [P].</param>
/// <param name="MaskedWeights">What each counts, [P]; none is 0.</param>
/// <param name="NextSentence">0 if the second segment follows the first, 1 if it is a random one.</param>
public sealed record PretrainingExample(
    int[] InputIds, int[] TokenTypeIds, int[] MaskedPositions, int[] MaskedIds, double[] MaskedWeights, int NextSentence);
