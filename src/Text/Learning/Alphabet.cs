// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Unicode;

namespace BertManaged.Text.Learning;

/// <summary>The characters that a vocabulary spells words with: each as the beginning of a word, and as its continuation unless
/// Google's rules make it a word of its own wherever it is.</summary>
internal sealed class Alphabet
{
    private readonly HashSet<int> _characters;

    public Alphabet(WordCounts counts, int? limit)
    {
        int[] all = [.. counts.Characters.OrderByDescending(character => character.Value).ThenBy(character => character.Key)
            .Select(character => character.Key)];
        _characters = [.. all.Take(limit ?? all.Length)];
        Dropped = all.Length - _characters.Count;
    }

    /// <summary>Characters of the text that the limit left out.</summary>
    public int Dropped { get; }

    /// <summary>Code points that begin words, ascending.</summary>
    public IEnumerable<int> Beginnings => _characters.Order();

    /// <summary>Code points that continue words, ascending.</summary>
    public IEnumerable<int> Continuations => Beginnings.Where(Continues);

    /// <summary>Whether a word can be spelt.</summary>
    public bool Spells(string word)
    {
        foreach (int codePoint in CodePoints.Of(word))
        {
            if (!_characters.Contains(codePoint))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Continues(int codePoint) =>
        CharacterData.Kind(CharacterData.Properties(codePoint)) is not (CharacterKind.Punctuation or CharacterKind.Ideograph);
}
