// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Tests;

public class BertTokenizerTests
{
    [Theory]
    [InlineData("UNwant\u00E9d,running", new[] { 7, 4, 5, 10, 8, 9 })]
    [InlineData("unwanted running", new[] { 7, 4, 5, 8, 9 })]
    [InlineData("unwantedX running", new[] { 0, 8, 9 })]
    [InlineData("", new int[0])]
    [InlineData(" \u200B\t", new int[0])]
    [InlineData("[CLS]", new[] { 0, 0, 0 })]
    public void Encode_GooglesOwnExamples_GivesTheIdsOfItsTests(string text, int[] ids) =>
        Assert.Equal(ids, new BertTokenizer(Small.Google).Encode(text));

    [Fact]
    public void Encode_ListWithContent_Appends()
    {
        List<int> ids = [99];
        new BertTokenizer(Small.Google).Encode("want", ids);
        Assert.Equal([99, 3], ids);
    }

    [Fact]
    public void Tokenize_Text_GivesTextIdAndOffsets() =>
        Assert.Equal(
            [new Token("un", 7, 1, 3), new Token("##want", 4, 3, 7), new Token("##ed", 5, 7, 9), new Token(",", 10, 9, 10), new Token("[UNK]", 0, 11, 14)],
            new BertTokenizer(Small.Google).Tokenize(" UNwant\u00E9d, foo"));

    [Theory]
    [InlineData("un\u200Bwa", 0, 2, 3, 5)]                  // removed characters between pieces belong to neither
    [InlineData("u\u0308n\u0301wa", 0, 4, 4, 6)]            // deleted accents belong to their letter
    [InlineData("un\u0301 wa\u0301", 0, 3, 4, 7)]
    [InlineData("\u0301un,", 1, 3, 3, 4)]                   // an accent without letter belongs to nothing
    [InlineData("un,\u0301", 0, 2, 2, 4)]
    public void Tokenize_DeletedCharacters_AreInTheRangeOfWhatTheyStandOn(string text, int start0, int end0, int start1, int end1)
    {
        Vocabulary vocabulary = Small.Vocabulary("[UNK]", "un", "##wa", "wa", ",");
        IReadOnlyList<Token> tokens = new BertTokenizer(vocabulary).Tokenize(text);
        Assert.Equal([(start0, end0), (start1, end1)], tokens.Select(token => (token.Start, token.End)));
    }

    [Fact]
    public void Tokenize_SyllableCutIntoJamo_GivesEachTheRangeOfTheSyllable()
    {
        Vocabulary vocabulary = Small.Vocabulary("[UNK]", "\u1100", "##\u1161", "##\u11A8");
        Assert.Equal(
            [(1, 0, 1), (2, 0, 1), (3, 0, 1)],
            new BertTokenizer(vocabulary).Tokenize("\uAC01").Select(token => (token.Id, token.Start, token.End)));
    }

    [Theory]
    [InlineData("ΟΔΟΣ", "οδος")]
    [InlineData("ΟΔΟΣ.", "οδος")]
    [InlineData("Ο.Σ", "ς")]                                // looks through the case-ignorable full stop, into the word before
    [InlineData("ΟΣ\u200B", "ος")]
    [InlineData("Ο\u00ADΣ", "ος")]
    [InlineData("ΟΣ'Α", "οσ")]
    [InlineData("Σ", "σ")]
    [InlineData("中Σ", "σ")]
    [InlineData("\u0130Σ", "iς")]
    public void Encode_CapitalSigma_IsFinalWhereGoogleSaysSo(string text, string word)
    {
        Vocabulary vocabulary = Small.Vocabulary("[UNK]", word);
        Assert.Contains(1, new BertTokenizer(vocabulary).Encode(text));
    }

    // Texts in a body, as an attribute cannot hold a lone surrogate.
    [Fact]
    public void Encode_LoneSurrogates_AreUnknownAndNeverJoin()
    {
        Vocabulary vocabulary = Small.Vocabulary("[UNK]", "\U0001F600", "\uFFFD");
        foreach (string text in new[] { "\uD83D\u200B\uDE00", "\uDE00\uD83D", "\uD83D", "\uDE00", "\uD83D\U0001F600" })
        {
            Assert.Equal([0], new BertTokenizer(vocabulary).Encode(text));
            Assert.Equal([new Token("[UNK]", 0, 0, text.Length)], new BertTokenizer(vocabulary, lowerCase: false).Tokenize(text));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(200)]
    public void Encode_WordAtTheLimit_IsKnownAndOneLongerIsNot(int limit)
    {
        Vocabulary vocabulary = Small.Vocabulary("[UNK]", "a", "##a", "\U00010428", "##\U00010428", new string('a', 12));
        BertTokenizer tokenizer = new(vocabulary, lowerCase: true, limit);
        Assert.DoesNotContain(0, tokenizer.Encode(new string('A', limit)));
        Assert.Equal([0], tokenizer.Encode(new string('A', limit + 1)));

        string astral = string.Concat(Enumerable.Repeat("\U00010400", limit));
        Assert.Equal(limit, tokenizer.Encode(astral).Length);
        Assert.Equal([new Token("[UNK]", 0, 1, (2 * limit) + 3)], tokenizer.Tokenize(" " + astral + "\U00010400 "));
    }

    [Fact]
    public void Encode_UnknownWordWithoutUnknownToken_NamesItAndLeavesTheListAlone()
    {
        BertTokenizer tokenizer = new(Small.Vocabulary("a"));
        Assert.Equal([0, 0], tokenizer.Encode("a A"));

        List<int> ids = [7];
        VocabularyException exception = Assert.Throws<VocabularyException>(() => tokenizer.Encode("a a b", ids));
        Assert.Contains("small.txt: expected the token '[UNK]'", exception.Message, StringComparison.Ordinal);
        Assert.Equal([7], ids);
    }

    [Fact]
    public void Constructor_LimitBelowOne_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BertTokenizer(Small.Google, maxInputCharsPerWord: 0));

    [Fact]
    public void Encode_Cased_KeepsCaseAndAccents()
    {
        BertTokenizer tokenizer = new(Small.Vocabulary("[UNK]", "Ab", "e\u0301", "\u00E9"), lowerCase: false);
        Assert.Equal([1, 0, 2, 3], tokenizer.Encode("Ab ab e\u0301 \u00E9"));
    }
}
