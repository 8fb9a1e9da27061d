// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Learning;

/// <summary>What a text says to who learns a vocabulary from it: how often each word and each character is in it.</summary>
public sealed class WordCounts
{
    private readonly Dictionary<int, long> _characters = [];

    internal WordCounts()
    {
    }

    /// <summary>The words held, normalised, and how often each one is in the text; in no order.</summary>
    public IReadOnlyList<KeyValuePair<string, long>> Words { get; internal set; } = [];

    /// <summary>Words of the text, those too long not included.</summary>
    public long TotalWords { get; private set; }

    /// <summary>How many of them are different, whether held or not.</summary>
    public long DistinctWords { get; private set; }

    /// <summary>Words of more than <see cref="WordCounter.MaxWordCharacters"/> characters: a tokenizer gives [UNK] for them.</summary>
    public long OverlongWords { get; internal set; }

    /// <summary>How often each code point is in the words, whether they are held or not.</summary>
    public IReadOnlyDictionary<int, long> Characters => _characters;

    internal void Add(string word, long count)
    {
        TotalWords += count;
        DistinctWords++;
        foreach (int codePoint in Unicode.CodePoints.Of(word))
        {
            _characters[codePoint] = _characters.GetValueOrDefault(codePoint) + count;
        }
    }
}
