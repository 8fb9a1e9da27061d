// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Tests.Plain;

namespace BertManaged.Text.Tests;

public class BertTokenizerPropertyTests
{
    private static readonly string[] Texts = MakeTexts();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Tokenize_RandomTexts_HasTheIdsOfEncodeAndOffsetsInOrder(bool lowerCase)
    {
        BertTokenizer tokenizer = Tokenizer(lowerCase);
        foreach (string text in Texts)
        {
            IReadOnlyList<Token> tokens = tokenizer.Tokenize(text);
            Assert.Equal(tokenizer.Encode(text), tokens.Select(token => token.Id));
            Assert.All(tokens, token => Assert.Equal(token.Text, tokenizer.Vocabulary[token.Id]));
            Assert.All(tokens, token => Assert.True(0 <= token.Start && token.Start < token.End && token.End <= text.Length));
            Assert.All(tokens.Zip(tokens.Skip(1)), pair => Assert.True(pair.First.Start <= pair.Second.Start && pair.First.End <= pair.Second.End));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_TextsJoinedByASpace_GivesTheirIdsOneAfterTheOther(bool lowerCase)
    {
        BertTokenizer tokenizer = Tokenizer(lowerCase);
        foreach ((string first, string second) in Texts.Zip(Texts.Skip(1)))
        {
            Assert.Equal(tokenizer.Encode(first).Concat(tokenizer.Encode(second)), tokenizer.Encode($"{first} {second}"));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_PartOfALargerText_DoesNotSeeBeyondIt(bool lowerCase)
    {
        BertTokenizer tokenizer = Tokenizer(lowerCase);
        foreach (string text in Texts.Take(500))
        {
            List<int> ids = [];
            tokenizer.Encode($"Ab\u0301{text}Ab\u0301".AsSpan(3, text.Length), ids);
            Assert.Equal(tokenizer.Encode(text), ids);
        }
    }

    [Fact]
    public void Encode_ManyThreads_GiveTheSameIds()
    {
        BertTokenizer tokenizer = Tokenizer(lowerCase: true);
        int[][] expected = [.. Texts.Select(tokenizer.Encode)];
        int[][] actual = new int[Texts.Length][];
        Parallel.For(0, Texts.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => actual[i] = tokenizer.Encode(Texts[i]));
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_AfterWarmUp_AllocatesNothing(bool lowerCase)
    {
        BertTokenizer tokenizer = Tokenizer(lowerCase);
        List<int> ids = new(1_000_000);
        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (string text in Texts)
            {
                ids.Clear();
                tokenizer.Encode(text, ids);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated();
        Assert.Equal(0, Allocated());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Encode_ListWithRoomForTheIds_DoesNotGrowIt(bool lowerCase)
    {
        // The pieces of a word that turns out to be unknown stand in the list for a moment.
        const int RoomForAWord = 200;
        BertTokenizer tokenizer = Tokenizer(lowerCase);
        foreach (string text in Texts.Take(500))
        {
            int[] expected = tokenizer.Encode(text);
            List<int> ids = new(expected.Length + RoomForAWord);
            tokenizer.Encode(text, ids);
            Assert.Equal(expected, ids);
            Assert.Equal(expected.Length + RoomForAWord, ids.Capacity);
        }
    }

    private static BertTokenizer Tokenizer(bool lowerCase) => new(RandomVocabulary.For(Texts, lowerCase, seed: 3), lowerCase);

    private static string[] MakeTexts()
    {
        RandomText random = new(seed: 11);
        return [.. Enumerable.Range(0, 4000).Select(i => random.Next(i % 150))];
    }
}
