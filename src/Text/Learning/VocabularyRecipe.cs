// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Learning;

/// <summary>What a vocabulary that is learnt should be like. Names and defaults are those of Hugging Face's BertWordPieceTokenizer
/// where they exist.</summary>
public sealed record VocabularyRecipe
{
    /// <summary>Google's special tokens, in the order of ids.</summary>
    public static IReadOnlyList<string> SpecialTokens { get; } = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>Tokens of the vocabulary, special ones included; fewer are learnt where the text has no more to give.</summary>
    public int VocabSize { get; init; } = 30000;

    /// <summary>How often two neighbouring pieces must be in the text to become one; at least 1.</summary>
    public long MinFrequency { get; init; } = 2;

    /// <summary>How many more pieces are learnt than wanted, as a share of those that are learnt; the least used ones are dropped
    /// again. 0 or more; with 0 the pieces are those of Hugging Face's trainer, steps on the way to longer ones included.</summary>
    public double Surplus { get; init; } = 0.25;

    /// <summary>Most characters of the alphabet, the most frequent ones, of equally frequent ones those with lower code points; null
    /// for all. A word with another character is [UNK], and nothing is learnt from it.</summary>
    public int? LimitAlphabet { get; init; }

    /// <summary>How many tokens [unused0], [unused1] … follow the special ones, for words of one's own.</summary>
    public int UnusedTokens { get; init; }
}
