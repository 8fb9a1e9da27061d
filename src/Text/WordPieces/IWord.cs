// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.WordPieces;

/// <summary>A word to be cut into pieces, with the way back from its characters to the original text.</summary>
internal interface IWord
{
    /// <summary>The normalised word in UTF-16, but for its case where <see cref="CaseBit"/> says so. Not empty.</summary>
    ReadOnlySpan<char> Characters { get; }

    /// <summary>0x20 if the characters are ASCII letters and digits still to be read in lower case, else 0.</summary>
    int CaseBit { get; }

    /// <summary>Length of the word in code points.</summary>
    int CodePointCount { get; }

    /// <summary>Where in the original text the character at an index comes from.</summary>
    int StartOf(int index);

    /// <summary>Where in the original text that ends.</summary>
    int EndOf(int index);
}
