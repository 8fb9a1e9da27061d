// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Tests.Plain;

namespace BertManaged.Text.Tests;

public class MaskedTextEncoderTests
{
    private const int Cls = 1, Sep = 2, Want = 3, Mask = 7, Unknown = 0;

    private static readonly Vocabulary Vocabulary =
        Small.Vocabulary("[UNK]", "[CLS]", "[SEP]", "want", "##ed", "[", "]", "[MASK]", "mask", ",");

    // What transformers' BertTokenizer gives: added tokens are cut out of the text first, wherever they are.
    [Theory]
    [InlineData("want [MASK] wanted", new[] { Cls, Want, Mask, Want, 4, Sep }, new[] { 2 })]
    [InlineData("[MASK]", new[] { Cls, Mask, Sep }, new[] { 1 })]
    [InlineData("[MASK][MASK]want", new[] { Cls, Mask, Mask, Want, Sep }, new[] { 1, 2 })]
    [InlineData("want[MASK]ed,", new[] { Cls, Want, Mask, Unknown, 9, Sep }, new[] { 2 })]
    [InlineData("[[MASK]]", new[] { Cls, 5, Mask, 6, Sep }, new[] { 2 })]
    [InlineData("[mask] [ MASK ]", new[] { Cls, 5, 8, 6, 5, 8, 6, Sep }, new int[0])]
    [InlineData("", new[] { Cls, Sep }, new int[0])]
    public void Encode_TextWithMasks_HasOneTokenForEach(string text, int[] ids, int[] positions)
    {
        MaskedText encoded = new MaskedTextEncoder(new BertTokenizer(Vocabulary)).Encode(text);
        Assert.Equal(ids, encoded.InputIds);
        Assert.Equal(positions, encoded.MaskPositions);
        Assert.Equal(new int[ids.Length], encoded.TokenTypeIds);
    }

    [Fact]
    public void Encode_RandomTexts_IsTheTokenizerBetweenTheMasks()
    {
        var texts = new RandomText(seed: 2);
        string[] parts = [.. Enumerable.Range(0, 300).Select(i => texts.Next(i % 40).Replace("[MASK]", "", StringComparison.Ordinal))];
        Vocabulary random = RandomVocabulary.For(parts, lowerCase: true, seed: 3);
        var tokenizer = new BertTokenizer(Small.Vocabulary([.. random.Tokens, "[MASK]"]));
        var encoder = new MaskedTextEncoder(tokenizer);
        foreach (string[] some in parts.Chunk(3))
        {
            int[][] ids = [.. some.Select(part => tokenizer.Encode(part))];
            int mask = tokenizer.Vocabulary.IdOf("[MASK]");
            MaskedText encoded = encoder.Encode(string.Join("[MASK]", some));
            Assert.Equal([1, .. ids[0], mask, .. ids[1], mask, .. ids[2], 2], encoded.InputIds);
            Assert.Equal([1 + ids[0].Length, 2 + ids[0].Length + ids[1].Length], encoded.MaskPositions);
        }
    }

    [Theory]
    [InlineData("[CLS]")]
    [InlineData("[SEP]")]
    [InlineData("[MASK]")]
    public void Encoder_ForAVocabularyWithoutASpecialToken_IsRefused(string token)
    {
        Vocabulary lacking = Small.Vocabulary([.. Vocabulary.Tokens.Where(other => other != token)]);
        VocabularyException e = Assert.Throws<VocabularyException>(() => new MaskedTextEncoder(new BertTokenizer(lacking)));
        Assert.Contains(token, e.Message);
    }
}
