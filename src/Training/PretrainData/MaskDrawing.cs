// SPDX-License-Identifier: Apache-2.0
using System.Numerics;
using System.Runtime.CompilerServices;

namespace BertManaged.Training;

/// <summary>Draws which tokens of an example are masked, and what stands in their place.</summary>
/// <remarks>create_masked_lm_predictions of create_pretraining_data.py (google-research/bert, eedf571), with its draws in its order:
/// the tokens (or words) are shuffled, and taken from the front until there are enough.</remarks>
internal sealed class MaskDrawing
{
    private const double MaskShare = 0.8;
    private const int BitsOfWord = 64;

    private readonly Document[] _documents;
    private readonly PretrainingVocabulary _vocabulary;
    private readonly PythonRandom _random;
    private readonly bool _wholeWords;
    private readonly int[] _maskCounts;

    // Of the example: what may be masked, by position in the example; and all of it, those that are masked replaced.
    private readonly int[] _positions;
    private readonly int[] _tokens;
    private readonly Word[] _words;

    // 0, 1, 2, ...
    private readonly int[] _allPositions;

    // A bit for each position.
    private readonly ulong[] _isMasked;
    private readonly MaskedToken[] _masked;
    private int _maskedCount;

    /// <param name="documents">All documents.</param>
    /// <param name="vocabulary">Special tokens and replacements.</param>
    /// <param name="options">How many are masked, and whether by whole words.</param>
    /// <param name="random">The stream.</param>
    public MaskDrawing(
        Document[] documents, PretrainingVocabulary vocabulary, PretrainDataOptions options, PythonRandom random)
    {
        (_documents, _vocabulary, _random, _wholeWords) = (documents, vocabulary, random, options.DoWholeWordMask);
        _maskCounts = [.. Enumerable.Range(0, options.MaxSeqLength + 1).Select(tokens => MaskCount(tokens, options))];
        _positions = new int[options.MaxSeqLength];
        _allPositions = [.. Enumerable.Range(0, options.MaxSeqLength)];
        _tokens = new int[options.MaxSeqLength];
        _words = new Word[options.MaxSeqLength];
        _isMasked = new ulong[(options.MaxSeqLength / BitsOfWord) + 1];
        _masked = new MaskedToken[options.MaxPredictionsPerSeq];
    }

    /// <summary>The masked tokens of an example by position; valid until the next call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ReadOnlySpan<MaskedToken> Draw(in SegmentPair pair)
    {
        _maskedCount = 0;
        CollectTokens(pair);
        int wanted = _maskCounts[pair.TokenCount];
        if (_wholeWords)
        {
            DrawWords(pair.A.Length + pair.B.Length, wanted);
        }
        else
        {
            DrawTokens(_positions.AsSpan(0, pair.A.Length + pair.B.Length), wanted);
        }

        return TakeMasked();
    }

    /// <summary>Whether <see cref="Skip"/> can be used: where words are masked, what is drawn depends on what the shuffle gives.</summary>
    public static bool CanSkip(PretrainDataOptions options) => !options.DoWholeWordMask;

    /// <summary>Draws what <see cref="Draw"/> would draw, in less time, and makes nothing of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Skip(in SegmentPair pair)
    {
        int candidates = pair.A.Length + pair.B.Length;
        int replacements = _vocabulary.ReplacementIds.Length;
        PythonRandom random = _random;
        random.SkipShuffle(candidates);
        for (int i = Math.Min(_maskCounts[pair.TokenCount], candidates); i > 0; i--)
        {
            if (random.NextFraction() >= MaskShare && !random.NextIsBelowHalf())
            {
                random.NextBelow(replacements);
            }
        }
    }

    /// <summary>How many of an example's tokens are masked. Python rounds halves to the even number.</summary>
    private static int MaskCount(int tokens, PretrainDataOptions options) =>
        Math.Min(options.MaxPredictionsPerSeq, Math.Max(1, (int)Math.Round(tokens * options.MaskedLmProb, MidpointRounding.ToEven)));

    // All but [CLS] and [SEP].
    private void CollectTokens(in SegmentPair pair)
    {
        pair.A.Of(_documents).CopyTo(_tokens.AsSpan(SegmentPair.StartOfA));
        pair.B.Of(_documents).CopyTo(_tokens.AsSpan(pair.StartOfB));
        _allPositions.AsSpan(SegmentPair.StartOfA, pair.A.Length).CopyTo(_positions);
        _allPositions.AsSpan(pair.StartOfB, pair.B.Length).CopyTo(_positions.AsSpan(pair.A.Length));
    }

    private void DrawTokens(Span<int> positions, int wanted)
    {
        _random.Shuffle(positions);
        foreach (int position in positions[..Math.Min(wanted, positions.Length)])
        {
            Mask(position);
        }
    }

    private void DrawWords(int candidates, int wanted)
    {
        Span<Word> words = _words.AsSpan(0, CollectWords(candidates));
        _random.Shuffle(words);
        foreach (Word word in words)
        {
            if (_maskedCount >= wanted)
            {
                break;
            }

            if (_maskedCount + word.Pieces <= wanted)
            {
                for (int i = 0; i < word.Pieces; i++)
                {
                    Mask(_positions[word.First + i]);
                }
            }
        }
    }

    // A text that was cut at its front may begin within a word: then its pieces go with what is before them, over [SEP] even.
    private int CollectWords(int candidates)
    {
        int count = 0;
        for (int i = 0; i < candidates; i++)
        {
            if (count > 0 && _vocabulary.IsContinuation(_tokens[_positions[i]]))
            {
                _words[count - 1] = _words[count - 1] with { Pieces = _words[count - 1].Pieces + 1 };
            }
            else
            {
                _words[count++] = new Word(i, 1);
            }
        }

        return count;
    }

    private void Mask(int position)
    {
        _tokens[position] = DrawReplacement(_tokens[position]);
        _isMasked[position / BitsOfWord] |= 1UL << (position % BitsOfWord);
        _maskedCount++;
    }

    // In order without a comparison: bit by bit from the lowest.
    private ReadOnlySpan<MaskedToken> TakeMasked()
    {
        int taken = 0;
        for (int word = 0; taken < _maskedCount; word++)
        {
            for (; _isMasked[word] != 0; _isMasked[word] &= _isMasked[word] - 1)
            {
                int position = (word * BitsOfWord) + BitOperations.TrailingZeroCount(_isMasked[word]);
                _masked[taken++] = new MaskedToken(position, _tokens[position]);
            }
        }

        return _masked.AsSpan(0, taken);
    }

    private int DrawReplacement(int token)
    {
        if (_random.NextFraction() < MaskShare)
        {
            return _vocabulary.MaskId;
        }

        return _random.NextIsBelowHalf()
            ? token
            : _vocabulary.ReplacementIds[_random.NextBelow(_vocabulary.ReplacementIds.Length)];
    }

    /// <summary>Pieces that are masked together.</summary>
    /// <param name="First">The first, among the tokens that may be masked.</param>
    /// <param name="Pieces">How many.</param>
    private readonly record struct Word(int First, int Pieces);
}
