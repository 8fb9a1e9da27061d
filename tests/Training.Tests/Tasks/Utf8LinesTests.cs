// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Training.Tests;

/// <summary>TensorFlow's rules for lines.</summary>
public class Utf8LinesTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\n", new[] { "a" })]
    [InlineData("a\n\n", new[] { "a", "" })]
    [InlineData("a\r\nb\r\n", new[] { "a", "b" })]
    [InlineData("a\rb\nc", new[] { "ab", "c" })]
    [InlineData("a\u000Bb\u0085c\u2028d\n", new[] { "a\u000Bb\u0085c\u2028d" })]
    [InlineData("\uFEFFa\n", new[] { "\uFEFFa" })]
    [InlineData("a \t \n", new[] { "a \t " })]
    public void Read_LineEnds_AreTensorFlows(string content, string[] lines)
    {
        using TaskFolder folder = new TaskFolder().With("f", content);

        Assert.Equal(lines, Utf8Lines.Read(Path.Combine(folder.Root, "f")));
    }

    [Fact]
    public void Read_CarriageReturnWithinACharacter_IsDroppedBeforeDecoding()
    {
        using TaskFolder folder = new TaskFolder().With("f", [0xE2, (byte)'\r', 0x82, 0xAC]);

        Assert.Equal(["€"], Utf8Lines.Read(Path.Combine(folder.Root, "f")));
    }

    [Fact]
    public void Read_RandomBytes_AgreesWithTheDecoderOnWhatIsValid()
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            var bytes = new byte[random.Next(1, 12)];
            random.NextBytes(bytes);
            using TaskFolder folder = new TaskFolder().With("f", bytes);
            string path = Path.Combine(folder.Root, "f");
            if (StrictText(bytes) is string text)
            {
                Assert.Equal(text.TrimEnd('\n'), string.Join('\n', Utf8Lines.Read(path)).TrimEnd('\n'));
            }
            else
            {
                var error = Assert.Throws<TaskDataException>(() => Utf8Lines.Read(path));
                Assert.Contains("expected UTF-8", error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static string? StrictText(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes.Where(b => b != '\r')]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
