// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.WordPieces;

namespace BertManaged.Text.Learning;

/// <summary>How often Google's tokenizer uses each piece of a vocabulary in a text.</summary>
internal static class PieceUsage
{
    /// <summary>Tokenizes words as often as they are in the text.</summary>
    /// <param name="tokens">The vocabulary.</param>
    /// <param name="words">Normalised words, and how often each is there.</param>
    /// <returns>Uses by id.</returns>
    public static long[] Of(IReadOnlyList<string> tokens, IEnumerable<KeyValuePair<string, long>> words)
    {
        var matcher = new WordPieceMatcher(Vocabulary.Of(tokens, "pieces"), WordCounter.MaxWordCharacters);
        var usage = new long[tokens.Count];
        var pieces = new Pieces([]);
        foreach ((string word, long count) in words)
        {
            pieces.Truncate(0);
            matcher.Add(new Word(word), ref pieces);
            foreach (int id in pieces.Ids)
            {
                usage[id] += count;
            }
        }

        return usage;
    }

    private readonly struct Word(string text) : IWord
    {
        public ReadOnlySpan<char> Characters => text;

        public int CaseBit => 0;

        // Only compared with the longest that there may be; the words held are no longer.
        public int CodePointCount => 1;

        public int StartOf(int index) => index;

        public int EndOf(int index) => index + 1;
    }

    private readonly struct Pieces(List<int> ids) : ITokenSink
    {
        public List<int> Ids => ids;

        public int Count => ids.Count;

        public void Add(int id, int start, int end) => ids.Add(id);

        public void Truncate(int count) => ids.RemoveRange(count, ids.Count - count);
    }
}
