// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text;

/// <summary>A word piece and the place in the original text that it comes from.</summary>
/// <param name="Text">The token as the vocabulary has it, with "##" if it continues a word.</param>
/// <param name="Id">Its id.</param>
/// <param name="Start">Where it begins in the original text, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive; greater than <paramref name="Start"/>.</param>
/// <remarks>
/// The range is the smallest that holds all characters the token was made of, deleted characters between them, and the accents
/// that were deleted from them. Tokenized on its own it gives the token, without "##". Where pieces part
/// a single character, as the jamo of a Hangul syllable when lower-casing, each has the range of the whole character. The range of
/// [UNK] is that of the word.
/// </remarks>
public readonly record struct Token(string Text, int Id, int Start, int End);
