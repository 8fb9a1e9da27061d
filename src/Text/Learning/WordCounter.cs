// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Learning;

/// <summary>Counts the words of a text in bounded memory, by many threads, with a result that depends on nothing but the text.</summary>
/// <remarks>
/// A pass over the text counts the words whose hash is in a range: all of them at first. Whenever more than the limit are held, the
/// range is halved and those outside are forgotten; a later pass counts them. So every count is exact, however the text comes in, and
/// of all words the most frequent ones are kept. One pass does for a text with no more distinct words than the limit.
/// </remarks>
public sealed class WordCounter
{
    /// <summary>Words of more code points are [UNK] to Google's tokenizer whatever the vocabulary is.</summary>
    public const int MaxWordCharacters = 200;

    private readonly Lock _gate = new();
    private readonly int _maxWords;
    private readonly WordCounts _counts = new();
    private readonly Dictionary<string, long> _words = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, long>> _kept = [];
    private ulong _first, _last = ulong.MaxValue;
    private long _overlong;

    /// <summary>Prepares to count.</summary>
    /// <param name="lowerCase">Whether to lower-case and strip accents, as the tokenizer of the vocabulary will.</param>
    /// <param name="maxWords">Most distinct words held; at least 1.</param>
    public WordCounter(bool lowerCase, int maxWords)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxWords, 1);
        (LowerCase, _maxWords) = (lowerCase, maxWords);
    }

    /// <summary>Whether words are lower-cased and stripped of accents.</summary>
    public bool LowerCase { get; }

    /// <summary>Whether this pass counts all words there are.</summary>
    internal bool CountsAll => _first == 0 && Volatile.Read(ref _last) == ulong.MaxValue;

    /// <summary>Counts a text.</summary>
    /// <param name="readText">Gives the whole text once to tallies of the counter, one for each thread, and is done when all of them
    /// are finished. It is called once for each pass.</param>
    /// <returns>The counts of all words, or of the most frequent ones: as many as may be held, of equally frequent ones the first in
    /// ordinal order.</returns>
    public WordCounts Count(Action readText)
    {
        for (bool isDone = false; !isDone;)
        {
            readText();
            isDone = _last == ulong.MaxValue;
            FinishPass();
        }

        _counts.Words = _kept;
        return _counts;
    }

    /// <summary>A tally for one thread.</summary>
    public WordTally NewTally() => new(this);

    /// <summary>Takes over what a tally counted.</summary>
    internal void Add(Dictionary<string, long> words, long overlong)
    {
        lock (_gate)
        {
            _overlong += overlong;
            foreach ((string word, long count) in words)
            {
                if (Counts(word))
                {
                    _words[word] = _words.GetValueOrDefault(word) + count;
                    HalveWhileFull();
                }
            }
        }
    }

    /// <summary>Whether this pass counts a word.</summary>
    internal bool Counts(ReadOnlySpan<char> word) =>
        CountsAll || (Hash(word) is var hash && hash >= _first && hash <= Volatile.Read(ref _last));

    private void HalveWhileFull()
    {
        while (_words.Count > _maxWords)
        {
            Volatile.Write(ref _last, _first + ((_last - _first) / 2));
            foreach (string word in _words.Keys.Where(word => !Counts(word)).ToArray())
            {
                _words.Remove(word);
            }
        }
    }

    private void FinishPass()
    {
        foreach ((string word, long count) in _words)
        {
            _counts.Add(word, count);
        }

        _kept.AddRange(_words);
        if (_kept.Count > _maxWords)
        {
            _kept.Sort(static (a, b) => a.Value != b.Value ? b.Value.CompareTo(a.Value) : string.CompareOrdinal(a.Key, b.Key));
            _kept.RemoveRange(_maxWords, _kept.Count - _maxWords);
        }

        // Every pass sees all overlong words.
        _counts.OverlongWords = _overlong;
        _overlong = 0;
        _words.Clear();
        (_first, _last) = (unchecked(_last + 1), ulong.MaxValue);
    }

    /// <summary>FNV-1a, mixed so that all its bits are good: which words a pass counts is the same in every run.</summary>
    private static ulong Hash(ReadOnlySpan<char> word)
    {
        ulong hash = 14695981039346656037;
        foreach (char unit in word)
        {
            hash = (hash ^ unit) * 1099511628211;
        }

        hash = (hash ^ (hash >> 32)) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 29);
    }
}
