// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text.Tests.Unicode;
using BertManaged.Text.Words;

namespace BertManaged.Text.Tests.Plain;

public class PlainTokenizerTests
{
    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 200)]
    [InlineData(true, 7)]
    [InlineData(false, 7)]
    public void Tokenize_RandomTexts_AgreesWithThePlainTokenizer(bool lowerCase, int maxCharsPerWord)
    {
        RandomText random = new(seed: maxCharsPerWord);
        string[] texts = [.. Enumerable.Range(0, 6000).Select(i => random.Next(i % 100))];
        Vocabulary vocabulary = RandomVocabulary.For(texts, lowerCase, seed: 5);
        BertTokenizer tokenizer = new(vocabulary, lowerCase, maxCharsPerWord);
        PlainTokenizer plain = new(UnicodeData.Read(), vocabulary.Tokens, lowerCase, maxCharsPerWord);
        Offsets offsets = Offsets.By(plain);
        int known = 0;
        foreach (string text in texts)
        {
            IReadOnlyList<Token> tokens = tokenizer.Tokenize(text);
            Assert.Equal(plain.Tokenize(text), tokens.Select(token => token.Text));
            offsets.Check(text, tokens);
            known += tokens.Count(token => token.Text != "[UNK]");
        }

        Assert.True(known > 10_000, $"only {known} tokens that are not [UNK]: the texts test too little");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_EveryAssignedCodePoint_AgreesWithThePlainTokenizer(bool lowerCase)
    {
        UnicodeData unicode = UnicodeData.Read();
        PlainTokenizer plain = new(unicode, [], lowerCase);
        WordReader reader = new(lowerCase, int.MaxValue);
        WordBuffer buffer = new();
        foreach (int codePoint in Enumerable.Range(0, UnicodeData.CodePointCount).Where(c => IsWanted(c, unicode.Category[c])))
        {
            // Between letters, around capital sigmas, and among combining characters of other classes that are not deleted.
            string c = char.ConvertFromUtf32(codePoint);
            string text = $"a{c}b AΣ{c} {c}Σ{c}a.Σ \u302E{c}\u1B44{c}\U0001D165";
            string[] expected = [.. plain.Words(text).Select(PlainText.ToString)];
            Assert.True(expected.SequenceEqual(Words(text, reader, buffer), StringComparer.Ordinal), $"U+{codePoint:X4}");
        }
    }

    // Of the code points without a character of their own a sample is enough.
    private static bool IsWanted(int codePoint, string category) =>
        category != "Cs" && (category is not ("Cn" or "Co") || codePoint % 97 == 0);

    private static List<string> Words(string text, WordReader reader, WordBuffer buffer)
    {
        List<string> words = [];
        for (int position = 0; position < text.Length;)
        {
            position = reader.Read(text, position, buffer);
            if (!buffer.IsEmpty)
            {
                words.Add(buffer.Characters.ToString());
            }
        }

        return words;
    }
}
