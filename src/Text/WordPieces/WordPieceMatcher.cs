// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.WordPieces;

/// <summary>Cuts words into the pieces of a vocabulary: greedily, the longest first from the left, and all or nothing.</summary>
/// <remarks>WordpieceTokenizer of google-research/bert tokenization.py (eedf571).</remarks>
internal sealed class WordPieceMatcher(Vocabulary vocabulary, int maxInputCharsPerWord)
{
    private const string UnknownToken = "[UNK]";
    private readonly PieceTrie _trie = new(vocabulary);
    private readonly int _unknownId = vocabulary.TryGetId(UnknownToken, out int id) ? id : -1;

    /// <summary>Appends the pieces of a word, or [UNK] if it has too many code points or some part of it is no piece.</summary>
    /// <exception cref="VocabularyException">[UNK] is needed and the vocabulary lacks it.</exception>
    public void Add<TWord, TSink>(scoped in TWord word, ref TSink sink)
        where TWord : struct, IWord, allows ref struct
        where TSink : struct, ITokenSink, allows ref struct
    {
        ReadOnlySpan<char> characters = word.Characters;
        if (word.CodePointCount > maxInputCharsPerWord || !TryAddPieces(word, characters, ref sink))
        {
            // The range of [UNK] is that of the whole word.
            sink.Add(UnknownId(), word.StartOf(0), word.EndOf(characters.Length - 1));
        }
    }

    private bool TryAddPieces<TWord, TSink>(scoped in TWord word, ReadOnlySpan<char> characters, ref TSink sink)
        where TWord : struct, IWord, allows ref struct
        where TSink : struct, ITokenSink, allows ref struct
    {
        int countBefore = sink.Count;
        int state = PieceTrie.Root;
        for (int from = 0; from < characters.Length;)
        {
            int length = _trie.LongestMatch(characters[from..], state, word.CaseBit, out int id);
            if (length == 0)
            {
                sink.Truncate(countBefore);
                return false;
            }

            sink.Add(id, word.StartOf(from), word.EndOf(from + length - 1));
            from += length;
            state = _trie.Continuation;
        }

        return true;
    }

    // Google's code fails only where the token is needed, too.
    private int UnknownId() => _unknownId >= 0 ? _unknownId : vocabulary.IdOf(UnknownToken);
}
