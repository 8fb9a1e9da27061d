// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using BertManaged.Text.Words;

namespace BertManaged.Text.Learning;

/// <summary>What one thread counts for a <see cref="WordCounter"/>.</summary>
public sealed class WordTally
{
    /// <summary>Distinct words after which a tally hands over what it has.</summary>
    private const int MostWords = 1 << 16;

    private readonly WordCounter _counter;
    private readonly WordReader _reader;
    private readonly WordBuffer _buffer = new();
    private readonly Dictionary<string, long> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private long _overlong;

    internal WordTally(WordCounter counter)
    {
        _counter = counter;
        _reader = new WordReader(counter.LowerCase, WordCounter.MaxWordCharacters);
        _bySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Counts the words of a part of the text.</summary>
    /// <param name="text">Begins and ends where the text does, or at white space.</param>
    public void Add(ReadOnlySpan<char> text)
    {
        for (int position = 0; position < text.Length;)
        {
            position = _reader.Read(text, position, _buffer);
            if (_buffer.CodePointCount > WordCounter.MaxWordCharacters)
            {
                _overlong++;
            }
            else if (!_buffer.IsEmpty)
            {
                Add();
            }
        }
    }

    /// <summary>Hands over what has been counted; to be called when there is no more text.</summary>
    public void Finish()
    {
        _counter.Add(_words, _overlong);
        _words.Clear();
        _overlong = 0;
    }

    private void Add()
    {
        ReadOnlySpan<char> word = _buffer.Characters;
        if (!_counter.Counts(word))
        {
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_bySpan, word, out _)++;
        if (_words.Count >= MostWords)
        {
            Finish();
        }
    }
}
