// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Learning;

/// <summary>Learns the pieces of a WordPiece vocabulary from word counts: beginning with single characters, the pair of neighbouring
/// pieces that is most frequent in the text becomes a piece, again and again. Some more are learnt than wanted, and those that the
/// tokenizer uses least are dropped.</summary>
/// <remarks>
/// The pairs are merged as by Hugging Face's WordPieceTrainer (tokenizers, models/bpe/trainer.rs), after Sennrich, Haddow, Birch 2016
/// (arXiv:1508.07909), algorithm 1. Of equally frequent pairs that of the oldest pieces is first. Where it differs: the alphabet is in
/// order of code points, so that the same text gives the same ids in every run; every character that can continue a word has a
/// piece for that; a word with a character that <see cref="VocabularyRecipe.LimitAlphabet"/> left out teaches nothing, where
/// theirs closes the gap and learns from a word that nobody wrote; and the surplus, since many merges are but steps on the way to
/// a longer piece, which a tokenizer that looks for the longest piece never stops at.
/// </remarks>
public sealed class VocabularyLearner
{
    private readonly WordCounts _counts;
    private readonly VocabularyRecipe _recipe;
    private readonly Alphabet _alphabet;
    private readonly PieceList _pieces = new();

    /// <summary>Takes the special tokens and the alphabet.</summary>
    /// <param name="counts">Of the text.</param>
    /// <param name="recipe">What is wanted.</param>
    public VocabularyLearner(WordCounts counts, VocabularyRecipe recipe)
    {
        (_counts, _recipe) = (counts, recipe);
        _alphabet = new Alphabet(counts, recipe.LimitAlphabet);
        IEnumerable<string> unused = Enumerable.Range(0, recipe.UnusedTokens).Select(i => $"[unused{i}]");
        foreach (string token in VocabularyRecipe.SpecialTokens.Concat(unused))
        {
            _pieces.Add(token);
        }

        SpecialTokens = _pieces.Tokens.Count;
        foreach (int codePoint in _alphabet.Beginnings)
        {
            _pieces.Add(codePoint, isContinuation: false);
        }

        foreach (int codePoint in _alphabet.Continuations)
        {
            _pieces.Add(codePoint, isContinuation: true);
        }

        AlphabetTokens = _pieces.Tokens.Count - SpecialTokens;
    }

    /// <summary>Special and unused tokens.</summary>
    public int SpecialTokens { get; }

    /// <summary>Tokens of a single character, those that continue words included.</summary>
    public int AlphabetTokens { get; }

    /// <summary>Characters of the text that are left out because of the limit.</summary>
    public int DroppedCharacters => _alphabet.Dropped;

    /// <summary>Learns.</summary>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>All tokens by id: special ones, single characters that begin words, those that continue them, then the pieces as
    /// they were learnt.</returns>
    /// <exception cref="ArgumentException"><see cref="VocabularyRecipe.VocabSize"/> is less than the special tokens and the alphabet
    /// take.</exception>
    /// <exception cref="OperationCanceledException">Asked to stop.</exception>
    public IReadOnlyList<string> Learn(CancellationToken cancellation)
    {
        if (_recipe.VocabSize < SpecialTokens + AlphabetTokens)
        {
            throw new ArgumentException(
                $"{SpecialTokens} special tokens and {AlphabetTokens} of one character do not fit in {_recipe.VocabSize} tokens");
        }

        var pairs = new PairTable();
        var words = new SpelledWords(pairs);
        foreach ((string word, long count) in _counts.Words)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_alphabet.Spells(word))
            {
                words.Add(word, count, _pieces);
            }
        }

        long surplus = (long)((_recipe.VocabSize - SpecialTokens - AlphabetTokens) * _recipe.Surplus);
        MergePairs(pairs, words, _recipe.VocabSize + surplus, cancellation);
        return WithoutSurplus();
    }

    private void MergePairs(PairTable pairs, SpelledWords words, long size, CancellationToken cancellation)
    {
        long minFrequency = Math.Max(1, _recipe.MinFrequency);
        while (_pieces.Tokens.Count < size
            && pairs.TryTakeMostFrequent(minFrequency, out PiecePair pair, out IReadOnlyList<int> affected))
        {
            cancellation.ThrowIfCancellationRequested();
            int merged = _pieces.AddMerged(pair);
            foreach (int word in affected)
            {
                words.Merge(word, pair, merged);
            }
        }
    }

    /// <summary>Drops the learnt pieces that the tokenizer uses least, of equally used ones the youngest.</summary>
    private IReadOnlyList<string> WithoutSurplus()
    {
        int fixedTokens = SpecialTokens + AlphabetTokens;
        if (_pieces.Tokens.Count <= _recipe.VocabSize)
        {
            return _pieces.Tokens;
        }

        long[] usage = PieceUsage.Of(_pieces.Tokens, _counts.Words.Where(word => _alphabet.Spells(word.Key)));
        IEnumerable<int> kept = Enumerable.Range(fixedTokens, _pieces.Tokens.Count - fixedTokens)
            .OrderByDescending(id => usage[id]).Take(_recipe.VocabSize - fixedTokens).Order();
        return [.. _pieces.Tokens.Take(fixedTokens), .. kept.Select(id => _pieces.Tokens[id])];
    }
}
