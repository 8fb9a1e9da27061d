// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Unicode;

namespace BertManaged.Text.Words;

/// <summary>Reads text word by word: cleaned, ideographs and punctuation apart, lower-cased and without accents if so wanted.</summary>
/// <remarks>BasicTokenizer of google-research/bert tokenization.py (eedf571), its five passes in one. They can be one because all
/// they do to a character depends on that character, but for the final sigma (which looks around in the original text) and the
/// canonical order of combining characters (which <see cref="WordBuffer"/> keeps).</remarks>
internal sealed class WordReader(bool lowerCase, int maxInputCharsPerWord)
{
    private const int LongestFold = 4;

    /// <summary>Reads the first word at or behind a position; an empty word at the end of the text.</summary>
    /// <returns>The position behind the word.</returns>
    public int Read(ReadOnlySpan<char> text, int position, WordBuffer word)
    {
        word.Clear(maxInputCharsPerWord);
        while (position < text.Length)
        {
            int codePoint = CodePoints.At(text, position);
            int end = position + CodePoints.Length(codePoint);
            CharacterProperties properties = CharacterData.Properties(codePoint);
            switch (CharacterData.Kind(properties))
            {
                case CharacterKind.Removed:
                case CharacterKind.Space when word.IsEmpty:
                    break;
                case CharacterKind.Mark when lowerCase:
                    word.SkipMark(end, isStarter: (properties & CharacterProperties.Combining) == 0);
                    break;
                case CharacterKind.Space:
                    return position;
                case CharacterKind.Ideograph or CharacterKind.Punctuation:
                case CharacterKind.FoldsToPunctuation when lowerCase:
                    return word.IsEmpty ? ReadAlone(text, position, codePoint, properties, word) : position;
                default:
                    Append(text, position, codePoint, properties, word);
                    break;
            }

            position = end;
        }

        return position;
    }

    // An ideograph is surrounded by spaces before marks are looked at; punctuation carries the marks behind it.
    private int ReadAlone(ReadOnlySpan<char> text, int position, int codePoint, CharacterProperties properties, WordBuffer word)
    {
        Append(text, position, codePoint, properties, word);
        position += CodePoints.Length(codePoint);
        if (!lowerCase || CharacterData.Kind(properties) == CharacterKind.Ideograph)
        {
            return position;
        }

        while (position < text.Length)
        {
            int next = CodePoints.At(text, position);
            if (CharacterData.Kind(CharacterData.Properties(next)) != CharacterKind.Mark)
            {
                break;
            }

            position += CodePoints.Length(next);
            word.SkipMark(position, isStarter: false);
        }

        return position;
    }

    private void Append(ReadOnlySpan<char> text, int position, int codePoint, CharacterProperties properties, WordBuffer word)
    {
        int end = position + CodePoints.Length(codePoint);
        if (!lowerCase)
        {
            word.Append(codePoint, position, end);
        }
        else if ((properties & (CharacterProperties.Folds | CharacterProperties.Combining)) == 0)
        {
            word.Append(codePoint, position, end);
        }
        else if ((properties & CharacterProperties.Folds) == 0)
        {
            word.AppendOrdered(codePoint, position, end);
        }
        else
        {
            AppendFolded(text, position, codePoint, word);
        }
    }

    private static void AppendFolded(ReadOnlySpan<char> text, int position, int codePoint, WordBuffer word)
    {
        Span<char> special = stackalloc char[LongestFold];
        scoped ReadOnlySpan<char> fold;
        if (codePoint == FinalSigma.CapitalSigma)
        {
            special[0] = FinalSigma.Lower(text, position);
            fold = special[..1];
        }
        else if (Hangul.IsSyllable(codePoint))
        {
            fold = special[..Hangul.Decompose(codePoint, special)];
        }
        else
        {
            fold = CharacterData.Fold(codePoint);
        }

        int end = position + CodePoints.Length(codePoint);
        for (int i = 0; i < fold.Length;)
        {
            int part = CodePoints.At(fold, i);
            word.AppendOrdered(part, position, end);
            i += CodePoints.Length(part);
        }
    }
}
