// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Runtime.InteropServices;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>The word pieces of some lines: each line that has any is a sentence, and a blank line ends a document.</summary>
/// <remarks>create_training_instances of create_pretraining_data.py (google-research/bert, eedf571), the loop over lines, which
/// end at "\n" alone.</remarks>
internal sealed class TokenizedChunk
{
    // What Python's str.strip takes away: a line of nothing else is blank.
    private const string Whitespace =
        "\t\n\v\f\r\x1C\x1D\x1E\x1F \u0085\u00A0\u1680" +
        "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private readonly List<int> _ids = [];
    private readonly List<int> _sentenceEnds = [];
    private readonly List<int> _breaks = [];

    /// <summary>Tokenizes a chunk.</summary>
    /// <exception cref="TextDataException">It is not UTF-8.</exception>
    /// <exception cref="VocabularyException">A word is unknown, and the vocabulary has no [UNK].</exception>
    public TokenizedChunk(in TextChunk chunk, BertTokenizer tokenizer)
    {
        char[] characters = ArrayPool<char>.Shared.Rent(chunk.Bytes.Length);
        ReadOnlySpan<char> text = characters.AsSpan(0, TextDecoding.Decode(chunk.File, chunk.Offset, chunk.Bytes.Span, characters));
        while (!text.IsEmpty)
        {
            int length = text.IndexOf('\n');
            AddLine(text[..(length < 0 ? text.Length : length)].Trim(Whitespace), tokenizer);
            text = length < 0 ? [] : text[(length + 1)..];
        }

        ArrayPool<char>.Shared.Return(characters);
    }

    /// <summary>Ids of all tokens.</summary>
    public ReadOnlySpan<int> Ids => CollectionsMarshal.AsSpan(_ids);

    /// <summary>Where each sentence ends among the ids.</summary>
    public ReadOnlySpan<int> SentenceEnds => CollectionsMarshal.AsSpan(_sentenceEnds);

    /// <summary>The sentences before which a document begins, by index; the number of sentences for one that begins behind them.</summary>
    public ReadOnlySpan<int> Breaks => CollectionsMarshal.AsSpan(_breaks);

    private void AddLine(ReadOnlySpan<char> line, BertTokenizer tokenizer)
    {
        if (line.IsEmpty)
        {
            _breaks.Add(_sentenceEnds.Count);
            return;
        }

        int before = _ids.Count;
        tokenizer.Encode(line, _ids);
        if (_ids.Count > before)
        {
            _sentenceEnds.Add(_ids.Count);
        }
    }
}
