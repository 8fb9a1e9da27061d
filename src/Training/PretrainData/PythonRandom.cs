// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BertManaged.Training;

/// <summary>The numbers of Python 3's <c>random.Random(seed)</c>, draw for draw.</summary>
/// <remarks>Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded by their init_by_array with the seed's 32-bit words, the
/// lowest first. All else is Python's way of making use of its words: two for a fraction, as few bits as do for a whole number, drawn
/// again while they are too large. It is not for secrets, and not for several threads at once.</remarks>
public sealed class PythonRandom
{
    private const int StateWords = 624, Distance = 397;

    // Swaps of a shuffle whose draws are made before the first of them is done.
    private const int SwapsAtOnce = 256;

    // Null where the words are recorded ones.
    private readonly uint[]? _state;
    private uint[] _words;
    private int _count;
    private int _next;
    private List<uint>? _record;
    private int _recordFrom;

    /// <summary>Begins the stream of a seed.</summary>
    /// <param name="seed">Any whole number; as in Python a negative one gives what its absolute value gives.</param>
    public PythonRandom(BigInteger seed)
        : this(WordsOf(seed))
    {
    }

    /// <summary>Begins the stream of a key of several words.</summary>
    /// <param name="key">At least one word.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public PythonRandom(ReadOnlySpan<uint> key)
    {
        if (key.IsEmpty)
        {
            throw new ArgumentException("A key has at least one word.", nameof(key));
        }

        _state = Initialize(key);
        _words = new uint[StateWords];
        _next = _count = StateWords;
    }

    private PythonRandom() => _words = [];

    /// <summary>One that draws from recorded words alone: see <see cref="Replay"/>.</summary>
    public static PythonRandom OfRecordedWords() => new();

    /// <summary>The 32-bit words of a seed's absolute value, the lowest first; one word for 0.</summary>
    public static uint[] WordsOf(BigInteger seed)
    {
        byte[] bytes = BigInteger.Abs(seed).ToByteArray(isUnsigned: true);
        uint[] words = new uint[Math.Max(1, (bytes.Length + 3) / 4)];
        for (int i = 0; i < bytes.Length; i++)
        {
            words[i / 4] |= (uint)bytes[i] << (8 * (i % 4));
        }

        return words;
    }

    /// <summary>The generator's next 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextWord()
    {
        if (_next == _count)
        {
            Refill();
        }

        return _words[_next++];
    }

    /// <summary>Python's <c>random()</c>: a fraction in [0, 1) of 53 bits. Takes two words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextFraction()
    {
        uint[] words = _words;
        int next = _next;
        if (next + 1 >= _count || next + 1 >= words.Length)
        {
            return Fraction(NextWord(), NextWord());
        }

        _next = next + 2;
        return Fraction(words[next], words[next + 1]);
    }

    /// <summary>Python's <c>random() &lt; 0.5</c>: the top bit of the first of the two words says it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool NextIsBelowHalf()
    {
        bool isBelow = (int)NextWord() >= 0;
        NextWord();
        return isBelow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Fraction(uint high, uint low)
    {
        const double highUnit = 1 << 26, unit = 1.0 / (1L << 53);
        return (((high >> 5) * highUnit) + (low >> 6)) * unit;
    }

    /// <summary>Python's <c>randrange(count)</c>: a whole number in [0, count). Draws even where there is nothing to choose.</summary>
    /// <param name="count">At least 1.</param>
    public int NextBelow(int count)
    {
        int shift = BitOperations.LeadingZeroCount((uint)count);
        uint drawn;
        do
        {
            drawn = NextWord() >> shift;
        }
        while (drawn >= (uint)count);

        return (int)drawn;
    }

    /// <summary>Python's <c>randint(least, most)</c>: both ends included.</summary>
    public int NextBetween(int least, int most) => least + NextBelow(most - least + 1);

    /// <summary>Python's <c>shuffle</c>: from the last item to the second, each changes places with one drawn from those up to
    /// it.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Shuffle<T>(Span<T> items)
    {
        Span<int> others = stackalloc int[SwapsAtOnce];
        for (int last = items.Length - 1; last > 0; last -= SwapsAtOnce)
        {
            int first = Math.Max(0, last - SwapsAtOnce);
            DrawPartners(last, first, others);
            for (int i = last; i > first; i--)
            {
                ref T other = ref items[others[last - i]];
                (items[i], other) = (other, items[i]);
            }
        }
    }

    /// <summary>Draws what <see cref="Shuffle"/> draws, and shuffles nothing.</summary>
    /// <param name="count">Of items.</param>
    [SkipLocalsInit]
    public void SkipShuffle(int count)
    {
        Span<int> others = stackalloc int[SwapsAtOnce];
        for (int last = count - 1; last > 0; last -= SwapsAtOnce)
        {
            DrawPartners(last, Math.Max(0, last - SwapsAtOnce), others);
        }
    }

    /// <summary>Appends all words that are drawn from here on to a list, until <see cref="StopRecording"/>.</summary>
    public void StartRecording(List<uint> words) => (_record, _recordFrom) = (words, _next);

    /// <summary>Ends what <see cref="StartRecording"/> began.</summary>
    public void StopRecording()
    {
        _record!.AddRange(_words.AsSpan(_recordFrom.._next));
        _record = null;
    }

    /// <summary>Goes on with words that were recorded, and with no more.</summary>
    public void Replay(List<uint> words)
    {
        if (_words.Length < words.Count)
        {
            _words = new uint[words.Capacity];
        }

        words.CopyTo(_words);
        (_next, _count) = (0, words.Count);
    }

    // What NextBelow(i + 1) would give for i from last down to first + 1. A draw that is too large is written and written over, because
    // a branch on it would be guessed wrong every third time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DrawPartners(int last, int first, Span<int> partners)
    {
        for (int i = last; i > first;)
        {
            if (_next == _count)
            {
                Refill();
            }

            // All i of this stretch take the same number of bits.
            int shift = BitOperations.LeadingZeroCount((uint)i + 1);
            int stretchEnd = Math.Max(first, (int)(0x80000000 >> shift) - 2);
            ReadOnlySpan<uint> words = _words.AsSpan(_next.._count);
            int used = 0;

            // Counts from i + 1, so that the way from one number to the next is short.
            int count = i + 1;
            while (used < words.Length && count > stretchEnd + 1)
            {
                int drawn = (int)(words[used++] >> shift);
                partners[last + 1 - count] = drawn;

                // One less where drawn is below count: the sign of the difference is all ones there.
                count += (drawn - count) >> 31;
            }

            i = count - 1;
            _next += used;
        }
    }

    private static uint[] Initialize(ReadOnlySpan<uint> key)
    {
        const uint firstSeed = 19650218, firstFactor = 1664525, secondFactor = 1566083941;
        uint[] state = new uint[StateWords];
        state[0] = firstSeed;
        for (int i = 1; i < StateWords; i++)
        {
            state[i] = (1812433253 * Mixed(state, i)) + (uint)i;
        }

        int at = 1;
        for (int i = 0, k = 0; i < Math.Max(StateWords, key.Length); i++, k = k + 1 < key.Length ? k + 1 : 0)
        {
            state[at] = (state[at] ^ (Mixed(state, at) * firstFactor)) + key[k] + (uint)k;
            at = NextPosition(state, at);
        }

        for (int i = 1; i < StateWords; i++)
        {
            state[at] = (state[at] ^ (Mixed(state, at) * secondFactor)) - (uint)at;
            at = NextPosition(state, at);
        }

        state[0] = 0x80000000;
        return state;
    }

    private static uint Mixed(uint[] state, int at) => state[at - 1] ^ (state[at - 1] >> 30);

    private static int NextPosition(uint[] state, int at)
    {
        if (at + 1 < StateWords)
        {
            return at + 1;
        }

        state[0] = state[StateWords - 1];
        return 1;
    }

    private void Refill()
    {
        uint[] state = _state ?? throw new InvalidOperationException("All recorded words were drawn.");
        if (_record is not null)
        {
            _record.AddRange(_words.AsSpan(_recordFrom.._next));
            _recordFrom = 0;
        }

        Twist(state, 0, StateWords - Distance, Distance);
        Twist(state, StateWords - Distance, StateWords - 1, Distance - StateWords);
        state[^1] = state[Distance - 1] ^ Twisted(new Vector<uint>(state[^1]), new Vector<uint>(state[0]))[0];
        for (int i = 0; i < StateWords; i += Vector<uint>.Count)
        {
            Tempered(new Vector<uint>(state, i)).CopyTo(_words, i);
        }

        _next = 0;
    }

    // Several words at once: what a word is made from is the next one and one that is 227 or 397 away, never a word of the same vector.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Twist(uint[] state, int first, int end, int distance)
    {
        int i = first;
        for (; i <= end - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            (new Vector<uint>(state, i + distance) ^ Twisted(new Vector<uint>(state, i), new Vector<uint>(state, i + 1))).CopyTo(state, i);
        }

        for (; i < end; i++)
        {
            state[i] = state[i + distance] ^ Twisted(new Vector<uint>(state[i]), new Vector<uint>(state[i + 1]))[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Twisted(Vector<uint> high, Vector<uint> low)
    {
        Vector<uint> joined = (high & new Vector<uint>(0x80000000)) | (low & new Vector<uint>(0x7FFFFFFF));
        return (joined >> 1) ^ (new Vector<uint>(0x9908B0DF) & (Vector<uint>.Zero - (joined & Vector<uint>.One)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Tempered(Vector<uint> words)
    {
        words ^= words >> 11;
        words ^= (words << 7) & new Vector<uint>(0x9D2C5680);
        words ^= (words << 15) & new Vector<uint>(0xEFC60000);
        return words ^ (words >> 18);
    }
}
