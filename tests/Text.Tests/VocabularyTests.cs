// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Text.Tests;

public class VocabularyTests
{
    [Theory]
    [InlineData("a\nb\n", "a|b")]
    [InlineData("a\nb", "a|b")]
    [InlineData("a\r\nb\r\n", "a|b")]
    [InlineData("a\r", "a")]
    [InlineData("a\n\r", "a")]                              // "\r" alone reads as the end of the file
    [InlineData("a\n\r\n", "a|")]
    [InlineData("a\rb\nc", "ab|c")]                         // "\r" does not end a line and does not stay
    [InlineData("a\n\n \nb", "a|||b")]                      // blank lines consume ids
    [InlineData("\n", "")]
    [InlineData(" a\t\n\u3000b\u0085\n", "a|b")]            // stripped as Python strips
    [InlineData("##\u2028\n\u2028\n", "##|")]               // two lines of Google's Chinese vocabulary
    [InlineData("a\vb\nc\u2028d\u0085e", "a\vb|c\u2028d\u0085e")]
    [InlineData("\u200Ba", "\u200Ba")]
    [InlineData("\uFEFF[PAD]\na", "\uFEFF[PAD]|a")]         // a byte order mark is a character
    public void Parse_Text_GivesTheTokensThatGooglesReaderGives(string text, string tokens)
    {
        Vocabulary vocabulary = Vocabulary.Parse(Encoding.UTF8.GetBytes(text), "vocab.txt");
        Assert.Equal(tokens.Split('|'), vocabulary.Tokens);
        Assert.Equal(tokens.Split('|').Length, vocabulary.Count);
    }

    [Fact]
    public void Parse_RepeatedToken_LastIdCounts()
    {
        Vocabulary vocabulary = Small.Vocabulary("a", "b", "a", "[UNK]");
        Assert.Equal(2, vocabulary.IdOf("a"));
        Assert.Equal("a", vocabulary[0]);
        Assert.Equal(4, vocabulary.Count);
        Assert.Equal([2, 1], new BertTokenizer(vocabulary).Encode("a b"));
    }

    [Fact]
    public void Parse_CarriageReturnWithinACharacter_IsDroppedBeforeDecoding() =>
        Assert.Equal(["é"], Vocabulary.Parse([0xC3, 0x0D, 0xA9, 0x0A], "vocab.txt").Tokens);

    [Theory]
    [InlineData(new byte[] { 0x61, 0x0A, 0x62, 0xFF, 0x0A }, "0xFF", 3, 2)]
    [InlineData(new byte[] { 0x0D, 0x61, 0x0D, 0xC3, 0x0A }, "0xC3", 3, 1)]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "0xED", 0, 1)]
    [InlineData(new byte[] { 0x61, 0x0A, 0x0A, 0xC0, 0x80 }, "0xC0", 3, 3)]
    public void Parse_InvalidUtf8_NamesFileByteOffsetAndLine(byte[] bytes, string found, int offset, int line)
    {
        VocabularyException exception = Assert.Throws<VocabularyException>(() => Vocabulary.Parse(bytes, "dir/vocab.txt"));
        Assert.StartsWith("dir/vocab.txt: expected UTF-8 text", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"invalid byte {found} at byte offset {offset}, in line {line};", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r")]
    public void Parse_NoLine_SaysSo(string text)
    {
        VocabularyException exception = Assert.Throws<VocabularyException>(() => Vocabulary.Parse(Encoding.UTF8.GetBytes(text), "vocab.txt"));
        Assert.Contains("vocab.txt: expected a vocabulary with one token a line, found an empty file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IdOf_MissingToken_NamesTokenAndFile()
    {
        VocabularyException exception = Assert.Throws<VocabularyException>(() => Small.Google.IdOf("[MASK]"));
        Assert.Contains("small.txt", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'[MASK]'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("11 lines", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(11)]
    public void Indexer_IdOutOfRange_NamesIdAndRange(int id)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => Small.Google[id]);
        Assert.Contains($"[0, 11), but the id asked for is {id}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryGetId_Tokens_FindsThoseThatAreThere()
    {
        Assert.True(Small.Google.TryGetId("##ing", out int id));
        Assert.Equal(9, id);
        Assert.False(Small.Google.TryGetId("ing", out _));
    }

    [Fact]
    public void Load_File_ReadsItAndKeepsItsPath()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(path, "[UNK]\na\n");
            Vocabulary vocabulary = Vocabulary.Load(path);
            Assert.Equal(["[UNK]", "a"], vocabulary.Tokens);
            Assert.Equal(path, vocabulary.SourceName);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("bert-base-uncased", 30522)]
    [InlineData("bert-base-cased", 28996)]
    [InlineData("bert-base-chinese", 21128)]
    [InlineData("bert-base-multilingual-cased", 119547)]
    public void Load_ReleasedVocabulary_HasAsManyTokensAsItsConfigSays(string folder, int count) =>
        Assert.Equal(count, Vocabulary.Load(SharedFolder.Path($"data/vocab/{folder}/vocab.txt")).Count);
}
