// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Training.Tests.TextInput;

/// <summary>Text is read as TensorFlow's file reader does: "\r" is gone before anything looks at characters.</summary>
public class TextDecodingTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\r\r", "")]
    [InlineData("a line\r\nand\ranother\r", "a line\nandanother")]
    [InlineData("Grüße, 漢字, 🎩\r\n", "Grüße, 漢字, 🎩\n")]
    public void Decode_DropsCarriageReturns(string text, string expected) => Assert.Equal(expected, Decode(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Decode_OfACharacterWithACarriageReturnInIt_JoinsItsBytes() =>
        Assert.Equal("é!", Decode([0xC3, (byte)'\r', 0xA9, (byte)'!']));

    [Theory]
    [InlineData(new byte[] { 0x61, 0xC3 }, 101, "0xC3")]
    [InlineData(new byte[] { 0x0D, 0x61, 0x0D, 0x0D, 0xFF, 0x0D }, 104, "0xFF")]
    [InlineData(new byte[] { 0x61, 0x0D, 0x62, 0xE9, 0x0D, 0x62 }, 103, "0xE9")]
    public void Decode_OfOtherBytes_SaysWhichOfTheFile(byte[] bytes, long place, string wrong)
    {
        var error = Assert.Throws<TextDataException>(() => Decode(bytes));
        Assert.Contains($"book.txt: expected UTF-8, but byte {place} of the file ({wrong}", error.Message, StringComparison.Ordinal);
    }

    private static string Decode(byte[] bytes)
    {
        char[] characters = new char[bytes.Length];
        return new string(characters, 0, TextDecoding.Decode("book.txt", 100, bytes, characters));
    }
}
