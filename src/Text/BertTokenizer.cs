// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.WordPieces;
using BertManaged.Text.Words;

namespace BertManaged.Text;

/// <summary>Text to word pieces, id for id as Google's BERT does it. Safe for use by many threads at once.</summary>
/// <remarks>FullTokenizer of google-research/bert tokenization.py (eedf571) on Python 3.11: character data of Unicode 14 wherever it
/// runs. As there, special tokens in the text are ordinary text, and none are added. Text is read by code points; a surrogate without
/// its partner makes its word unknown.</remarks>
public sealed partial class BertTokenizer
{
    [ThreadStatic]
    private static WordBuffer? _buffer;

    private readonly WordReader _reader;
    private readonly WordPieceMatcher _pieces;

    /// <summary>Prepares the tables for a vocabulary.</summary>
    /// <param name="vocabulary">The word pieces.</param>
    /// <param name="lowerCase">Whether to lower-case, decompose (NFD) and delete accents: true for models called "uncased", and
    /// for Google's Chinese model.</param>
    /// <param name="maxInputCharsPerWord">Words of more code points become [UNK]; at least 1. Google's code has 200 since November
    /// 2018, Hugging Face's 100.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxInputCharsPerWord"/> is below 1.</exception>
    public BertTokenizer(Vocabulary vocabulary, bool lowerCase = true, int maxInputCharsPerWord = 200)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxInputCharsPerWord, 1);
        Vocabulary = vocabulary;
        LowerCase = lowerCase;
        MaxInputCharsPerWord = maxInputCharsPerWord;
        _reader = new WordReader(lowerCase, maxInputCharsPerWord);
        _pieces = new WordPieceMatcher(vocabulary, maxInputCharsPerWord);
        _shortWords = new AsciiWordTable(vocabulary);
        _caseBit = lowerCase ? AsciiCaseBit : 0;
    }

    /// <summary>The word pieces.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Whether text is lower-cased, decomposed and freed from accents.</summary>
    public bool LowerCase { get; }

    /// <summary>Words of more code points than this become [UNK].</summary>
    public int MaxInputCharsPerWord { get; }

    /// <summary>Appends the ids of a text's word pieces to a list. Allocates nothing but what the list needs to grow.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <param name="ids">The list; left as it was if an exception is thrown.</param>
    /// <exception cref="VocabularyException">A word is unknown and the vocabulary has no [UNK].</exception>
    public void Encode(ReadOnlySpan<char> text, List<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        IdSink sink = new(ids);
        bool isDone = false;
        try
        {
            Read(text, ref sink);
            isDone = true;
        }
        finally
        {
            if (isDone)
            {
                sink.Finish();
            }
            else
            {
                sink.Undo();
            }
        }
    }

    /// <summary>The word pieces of a text with their offsets.</summary>
    /// <param name="text">Any UTF-16.</param>
    /// <exception cref="VocabularyException">A word is unknown and the vocabulary has no [UNK].</exception>
    public IReadOnlyList<Token> Tokenize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Token> tokens = [];
        TokenSink sink = new(Vocabulary, tokens);
        Read(text, ref sink);
        return tokens;
    }

    private void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : struct, ITokenSink, allows ref struct
    {
        WordBuffer buffer = _buffer ??= new WordBuffer();
        for (int position = ReadAscii(text, 0, ref sink); position < text.Length; position = ReadAscii(text, position, ref sink))
        {
            position = _reader.Read(text, position, buffer);
            if (!buffer.IsEmpty)
            {
                _pieces.Add(buffer.AsWord(), ref sink);
            }
        }
    }
}
