// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Text.Learning;

/// <summary>How often each pair of pieces is in the text, in which words, and which is the most frequent.</summary>
/// <remarks>The queue is lazy: a pair is in it with the count it had when it last grew, and is put back with its true count when it
/// comes out with another.</remarks>
internal sealed class PairTable
{
    private readonly Dictionary<PiecePair, Entry> _pairs = [];
    private readonly PriorityQueue<PiecePair, Rank> _queue = new();
    private readonly HashSet<PiecePair> _grown = [];

    /// <summary>A pair came to be in a word.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="word">Number of the word.</param>
    /// <param name="count">How often the word is in the text.</param>
    public void Add(PiecePair pair, int word, long count)
    {
        ref Entry? entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, pair, out _);
        entry ??= new Entry();
        entry.Count += count;
        if (entry.Words.Count == 0 || entry.Words[^1] != word)
        {
            entry.Words.Add(word);
        }

        _grown.Add(pair);
    }

    /// <summary>A pair is in a word no longer.</summary>
    public void Remove(PiecePair pair, long count) => _pairs[pair].Count -= count;

    /// <summary>Takes out the most frequent pair, of equally frequent ones that of the oldest pieces.</summary>
    /// <param name="minFrequency">What its count must be at least.</param>
    /// <param name="pair">The pair.</param>
    /// <param name="words">Words that it is, or has been, in.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryTakeMostFrequent(long minFrequency, out PiecePair pair, out IReadOnlyList<int> words)
    {
        EnqueueGrown(minFrequency);
        while (_queue.TryDequeue(out pair, out Rank rank))
        {
            long count = _pairs[pair].Count;
            if (count == rank.Count)
            {
                words = _pairs[pair].TakeWords();
                return true;
            }

            if (count >= minFrequency && count < rank.Count)
            {
                _queue.Enqueue(pair, new Rank(count, pair));
            }
        }

        words = [];
        return false;
    }

    private void EnqueueGrown(long minFrequency)
    {
        foreach (PiecePair pair in _grown)
        {
            long count = _pairs[pair].Count;
            if (count >= minFrequency)
            {
                _queue.Enqueue(pair, new Rank(count, pair));
            }
        }

        _grown.Clear();
    }

    private sealed class Entry
    {
        public long Count { get; set; }

        /// <summary>Words with the pair; some may have lost it since, some may be in it twice.</summary>
        public List<int> Words { get; private set; } = [];

        public List<int> TakeWords()
        {
            List<int> words = Words;
            Words = [];
            return words;
        }
    }

    /// <summary>The more frequent first, then the older.</summary>
    private readonly record struct Rank(long Count, PiecePair Pair) : IComparable<Rank>
    {
        public int CompareTo(Rank other) => Count != other.Count ? other.Count.CompareTo(Count) : Pair.CompareTo(other.Pair);
    }
}
