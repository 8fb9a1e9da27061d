// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Tests;

public class PairEncoderTests
{
    private const int Cls = 1;
    private const int Sep = 2;

    [Fact]
    public void Encode_OneText_IsSurroundedAndOfTypeZero()
    {
        SequenceEncoding encoding = Encoder(10).Encode("want running", null);
        Assert.Equal([Cls, 3, 8, 9, Sep], encoding.InputIds);
        Assert.Equal([0, 0, 0, 0, 0], encoding.TokenTypeIds);
    }

    [Fact]
    public void Encode_Pair_HasTypeOneFromTheSecondTextOn()
    {
        SequenceEncoding encoding = Encoder(10).Encode("want", "running");
        Assert.Equal([Cls, 3, Sep, 8, 9, Sep], encoding.InputIds);
        Assert.Equal([0, 0, 0, 1, 1, 1], encoding.TokenTypeIds);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData("\u200B")]
    public void Encode_SecondTextWithoutTokens_IsNoPair(string textB) =>
        Assert.Equal([Cls, 3, 3, 3, Sep], Encoder(5).Encode("want want want want", textB).InputIds);

    [Fact]
    public void Encode_NoTokensAtAll_IsTheSpecialTokens() => Assert.Equal([Cls, Sep], Encoder(3).Encode("", "").InputIds);

    [Fact]
    public void Encode_FirstTextWithoutTokens_KeepsItsPlace() => Assert.Equal([Cls, Sep, 3, Sep], Encoder(5).Encode("", "want").InputIds);

    [Fact]
    public void Encode_AnyLengths_CutsAsGoogleCuts()
    {
        for (int maxSequenceLength = 3; maxSequenceLength < 12; maxSequenceLength++)
        {
            PairEncoder encoder = Encoder(maxSequenceLength);
            for (int lengthA = 0; lengthA < 14; lengthA++)
            {
                for (int lengthB = 0; lengthB < 14; lengthB++)
                {
                    int[] a = [.. Enumerable.Range(100, lengthA)];
                    int[] b = [.. Enumerable.Range(200, lengthB)];
                    SequenceEncoding expected = PopOneByOne(a, b, maxSequenceLength);
                    SequenceEncoding actual = encoder.Encode(a, b);
                    Assert.Equal(expected.InputIds, actual.InputIds);
                    Assert.Equal(expected.TokenTypeIds, actual.TokenTypeIds);
                }
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(-1)]
    public void Constructor_NoRoomForAToken_SaysWhatIsNeeded(int maxSequenceLength)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => Encoder(maxSequenceLength));
        Assert.Contains($"at least 3, to hold [CLS], a token and [SEP], but is {maxSequenceLength}.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_VocabularyWithoutSpecialTokens_NamesTheMissingOne()
    {
        BertTokenizer tokenizer = new(Small.Vocabulary("[UNK]", "[CLS]", "a"));
        VocabularyException exception = Assert.Throws<VocabularyException>(() => new PairEncoder(tokenizer, 8));
        Assert.Contains("small.txt: expected the token '[SEP]'", exception.Message, StringComparison.Ordinal);
    }

    private static PairEncoder Encoder(int maxSequenceLength) => new(new BertTokenizer(Small.Google), maxSequenceLength);

    // run_classifier.py step by step.
    private static SequenceEncoding PopOneByOne(int[] idsA, int[] idsB, int maxSequenceLength)
    {
        List<int> a = [.. idsA];
        List<int> b = [.. idsB];
        if (b.Count > 0)
        {
            while (a.Count + b.Count > maxSequenceLength - 3)
            {
                List<int> longer = a.Count > b.Count ? a : b;
                longer.RemoveAt(longer.Count - 1);
            }
        }
        else if (a.Count > maxSequenceLength - 2)
        {
            a = a[..(maxSequenceLength - 2)];
        }

        int[] ids = b.Count > 0 ? [Cls, .. a, Sep, .. b, Sep] : [Cls, .. a, Sep];
        return new SequenceEncoding(ids, [.. ids.Select((_, i) => i < a.Count + 2 ? 0 : 1)]);
    }
}
