// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Tests.Unicode;

namespace BertManaged.Text.Tests.Plain;

/// <summary>Google's tokenizer once more, pass by pass on lists of code points and straight from the source files of the character
/// data: slow, and sharing nothing with the tokenizer under test.</summary>
internal sealed class PlainTokenizer(UnicodeData unicode, IReadOnlyList<string> vocabulary, bool lowerCase, int maxCharsPerWord = 200)
{
    private const int CapitalSigma = 0x3A3;
    private readonly HashSet<string> _vocabulary = [.. vocabulary];

    /// <summary>The word pieces, with [UNK] for words that the vocabulary cannot spell.</summary>
    public List<string> Tokenize(string text) => [.. Words(text).SelectMany(Pieces)];

    /// <summary>The words before they are cut into pieces.</summary>
    public List<int[]> Words(string text)
    {
        List<int> cleaned = [];
        foreach (int c in PlainText.CodePoints(text).Where(c => !IsControl(c)))
        {
            int spaced = IsSpace(c) ? ' ' : c;
            cleaned.AddRange(IsIdeograph(c) ? [' ', spaced, ' '] : [spaced]);
        }

        List<int[]> words = [];
        foreach (int[] word in PlainText.Split(cleaned))
        {
            words.AddRange(SplitPunctuation(lowerCase ? WithoutMarks(Decompose(Lower(word))) : word));
        }

        return words;
    }

    private IEnumerable<string> Pieces(int[] word)
    {
        List<string> pieces = [];
        for (int start = 0; start < word.Length;)
        {
            int end = word.Length;
            string prefix = start > 0 ? "##" : "";
            while (end > start && !_vocabulary.Contains(prefix + PlainText.ToString(word[start..end])))
            {
                end--;
            }

            if (end == start || word.Length > maxCharsPerWord)
            {
                return ["[UNK]"];
            }

            pieces.Add(prefix + PlainText.ToString(word[start..end]));
            start = end;
        }

        return pieces;
    }

    private bool IsControl(int c) =>
        c is 0 or 0xFFFD || (c is not ('\t' or '\n' or '\r') && unicode.Category[c] is "Cc" or "Cf");

    private bool IsSpace(int c) => c is '\t' or '\n' or '\r' || unicode.Category[c] == "Zs";

    private bool IsPunctuation(int c) => c < 128 ? char.IsPunctuation((char)c) || char.IsSymbol((char)c) : unicode.Category[c][0] == 'P';

    private static bool IsIdeograph(int c) => c
        is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF) or (>= 0x2A700 and <= 0x2B73F)
        or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B820 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x2F800 and <= 0x2FA1F);

    private IEnumerable<int> Lower(int[] word) => word.SelectMany((c, i) => c == CapitalSigma
        ? [IsFinal(word, i) ? 0x3C2 : 0x3C3]
        : unicode.Lower.GetValueOrDefault(c, [c]));

    private bool IsFinal(int[] word, int index)
    {
        bool IsCased(IEnumerable<int> neighbours) =>
            neighbours.SkipWhile(unicode.CaseIgnorable.Contains).Take(1).Any(unicode.Cased.Contains);
        return IsCased(word.Take(index).Reverse()) && !IsCased(word.Skip(index + 1));
    }

    private List<int> Decompose(IEnumerable<int> word)
    {
        List<int> result = [.. word.SelectMany(c => c is >= 0xAC00 and <= 0xD7A3 ? Jamo(c) : unicode.Decomposition.GetValueOrDefault(c, [c]))];
        int Class(int index) => unicode.CombiningClass.GetValueOrDefault(result[index]);

        // The standard's bubble sort: swap neighbours whose classes are out of order, until none are.
        for (bool swapped = true; swapped;)
        {
            swapped = false;
            for (int i = 1; i < result.Count; i++)
            {
                if (Class(i) != 0 && Class(i - 1) > Class(i))
                {
                    (result[i - 1], result[i]) = (result[i], result[i - 1]);
                    swapped = true;
                }
            }
        }

        return result;
    }

    private static int[] Jamo(int syllable)
    {
        int index = syllable - 0xAC00;
        int trailing = index % 28;
        int[] open = [0x1100 + (index / 588), 0x1161 + (index % 588 / 28)];
        return trailing == 0 ? open : [.. open, 0x11A7 + trailing];
    }

    private int[] WithoutMarks(List<int> word) => [.. word.Where(c => unicode.Category[c] != "Mn")];

    private List<int[]> SplitPunctuation(int[] word)
    {
        List<int[]> parts = [];
        bool startsWord = true;
        foreach (int c in word)
        {
            bool isPunctuation = IsPunctuation(c);
            if (isPunctuation || startsWord)
            {
                parts.Add([c]);
            }
            else
            {
                parts[^1] = [.. parts[^1], c];
            }

            startsWord = isPunctuation;
        }

        return parts;
    }
}
