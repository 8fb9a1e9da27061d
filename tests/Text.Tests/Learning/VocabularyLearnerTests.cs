// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Learning;

namespace BertManaged.Text.Tests.Learning;

public class VocabularyLearnerTests
{
    // The example of Sennrich, Haddow, Birch 2016, algorithm 1: low 5, lower 2, newest 6, widest 3.
    private static readonly string Paper = string.Join(' ', [
        .. Enumerable.Repeat("low", 5), .. Enumerable.Repeat("lower", 2), .. Enumerable.Repeat("newest", 6),
        .. Enumerable.Repeat("widest", 3),
    ]);

    private static readonly VocabularyRecipe Plain = new() { Surplus = 0 };

    private static readonly string[] PaperAlphabet =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "d", "e", "i", "l", "n", "o", "r", "s", "t", "w",
        "##d", "##e", "##i", "##l", "##n", "##o", "##r", "##s", "##t", "##w",
    ];

    [Fact]
    public void Learn_ThePapersExample_MergesInThePapersOrder() =>
        Assert.Equal([.. PaperAlphabet, "##es", "##est", "lo", "low"], Learnt.From(Paper, Plain with { VocabSize = 29 }));

    [Fact]
    public void Learn_WithASurplus_DropsTheStepsOnTheWay() =>
        Assert.Equal([.. PaperAlphabet, "##est", "low"], Learnt.From(Paper, new VocabularyRecipe { VocabSize = 27, Surplus = 1 }));

    [Fact]
    public void Learn_UntilNothingIsLeft_StopsAtTheMinimumFrequency()
    {
        Assert.Equal(
            ["ne", "##west", "newest", "wi"], Learnt.From(Paper, Plain with { MinFrequency = 3 }).Skip(29).Take(4));
        IReadOnlyList<string> five = Learnt.From(Paper, Plain with { MinFrequency = 5 });
        Assert.Contains("newest", five);
        Assert.DoesNotContain("wi", five);
        Assert.Contains("lower", Learnt.From(Paper, new VocabularyRecipe()));
    }

    [Fact]
    public void Learn_ASmallerVocabularyWithoutSurplus_IsTheBeginningOfALarger()
    {
        IReadOnlyList<string> all = Learnt.From(Paper, Plain with { MinFrequency = 0 });
        for (int size = PaperAlphabet.Length; size <= all.Count; size++)
        {
            Assert.Equal(all.Take(size), Learnt.From(Paper, Plain with { MinFrequency = 0, VocabSize = size }));
        }
    }

    [Fact]
    public void Learn_TwoPairsThatSpellTheSame_GiveOnePiece()
    {
        // In "xab" ##a and ##b meet; in "xaby" ##ab comes of the same two; "aab" has a + ##ab, "aa" + ##b in other words.
        string text = string.Join(' ', Enumerable.Repeat("aab aab aac aac aac xab xab xab xab", 3));
        IReadOnlyList<string> tokens = Learnt.From(text, new VocabularyRecipe());
        Assert.Equal(tokens.Distinct(), tokens);
        Assert.Contains("aab", tokens);
    }

    [Fact]
    public void Learn_UnusedTokens_FollowTheSpecialOnes() => Assert.Equal(
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[unused0]", "[unused1]", "a", "##a"],
        Learnt.From("a a", new VocabularyRecipe { UnusedTokens = 2 }));

    [Fact]
    public void Alphabet_OfPunctuationAndIdeographs_HasNoContinuations() => Assert.Equal(
        ["!", "a", "中", "##a"], Learnt.From("a! 中a中!中", new VocabularyRecipe()).Skip(5));

    [Fact]
    public void Alphabet_WithALimit_KeepsTheMostFrequentThenTheLowest()
    {
        IReadOnlyList<string> tokens = Learnt.From("bb bb ab cb zz", new VocabularyRecipe { LimitAlphabet = 3 });

        // z is as frequent as none but itself (2); a and c are there once.
        Assert.Equal(["a", "b", "z", "##a", "##b", "##z", "bb"], tokens.Skip(5));
    }

    [Fact]
    public void Learn_AWordWithADroppedCharacter_TeachesNothing()
    {
        string text = string.Join(' ', Enumerable.Repeat("a-b ab", 1).Concat(Enumerable.Repeat("éab", 9)));
        var counts = Learnt.Count([text], lowerCase: false);
        var learner = new VocabularyLearner(counts, new VocabularyRecipe { LimitAlphabet = 2 });
        Assert.Equal(2, learner.DroppedCharacters);
        Assert.Equal(["a", "b", "##a", "##b"], learner.Learn(CancellationToken.None).Skip(5));
    }

    [Fact]
    public void Learn_WithoutRoomForTheAlphabet_IsRefused()
    {
        var learner = new VocabularyLearner(Learnt.Count(["abc"]), new VocabularyRecipe { VocabSize = 10 });
        Assert.Equal((5, 6), (learner.SpecialTokens, learner.AlphabetTokens));
        Assert.Throws<ArgumentException>(() => learner.Learn(CancellationToken.None));
    }

    [Fact]
    public void Count_OverlongWords_AreLeftOut()
    {
        WordCounts counts = Learnt.Count([$"{new string('a', 200)} {new string('b', 201)} c {new string('b', 300)}"]);
        Assert.Equal((2, 2, 2), (counts.TotalWords, counts.DistinctWords, counts.OverlongWords));
        Assert.DoesNotContain('b', counts.Characters.Keys);
    }
}
