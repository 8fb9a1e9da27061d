// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Learning;

namespace BertManaged.Training;

/// <summary>A vocabulary that was learnt, and from what.</summary>
/// <param name="Tokens">By id.</param>
/// <param name="SpecialTokens">How many of them are special or unused ones.</param>
/// <param name="AlphabetTokens">How many of them are single characters.</param>
/// <param name="DroppedCharacters">Characters left out because of the limit.</param>
/// <param name="Counts">Words and characters of the text.</param>
public sealed record VocabularyResult(
    IReadOnlyList<string> Tokens, int SpecialTokens, int AlphabetTokens, int DroppedCharacters, WordCounts Counts);
