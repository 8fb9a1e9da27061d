// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Unicode;

/// <summary>What the tokenizer does with a code point: the low three bits of <see cref="CharacterProperties"/>.</summary>
internal enum CharacterKind
{
    /// <summary>Part of a word.</summary>
    Letter = 0,

    /// <summary>Separates words: category Zs, tab, line feed, carriage return, U+2028, U+2029.</summary>
    Space = 1,

    /// <summary>Deleted, so that its neighbours join: U+0000, U+FFFD, other characters of categories Cc and Cf.</summary>
    Removed = 2,

    /// <summary>A word of its own: ASCII symbols and category P.</summary>
    Punctuation = 3,

    /// <summary>A word of its own that also separates: the CJK ranges of Google's list.</summary>
    Ideograph = 4,

    /// <summary>Category Mn: deleted where text is lower-cased, a letter otherwise.</summary>
    Mark = 5,

    /// <summary>A letter that becomes punctuation where text is lower-cased and decomposed, such as U+2260 (≠ becomes =).</summary>
    FoldsToPunctuation = 6,
}
