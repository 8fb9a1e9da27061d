// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Vocab;

/// <summary>Bad arguments and bad texts: exit code, one line, and no file.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \n\r\n\t")]
    [InlineData("\uFEFF")]
    public void Text_WithoutWords_IsOneLine(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("empty.txt", text);
        VocabTests.Run(folder, "--input_file=empty.txt").FailedWith(3, "empty.txt", "not a single word");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Text_OfOverlongWordsAlone_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", new string('a', 201));
        VocabTests.Run(folder, "--input_file=a.txt").FailedWith(3, "a.txt", "more than 200 characters");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Text_ThatIsNotUtf8_NamesFileAndByteOfTheFirstPlace(int threads)
    {
        using var folder = new TemporaryFolder();
        folder.Write("good.txt", "good text\n");

        // Far into the file, so that it is in a later block; a second place behind it is not what is named.
        byte[] bytes = [.. Enumerable.Repeat((byte[])[.. "some words "u8], 300_000).SelectMany(word => word)];
        (bytes[2_000_005], bytes[2_000_006], bytes[3_000_000]) = (0xC3, 0x28, 0xFF);
        folder.Write("latin1.txt", bytes);
        VocabTests.Run(folder, "--input_file=good.txt,latin1.txt", $"--threads={threads}")
            .FailedWith(3, "latin1.txt", "byte 2000005 of the file (0xC3", "UTF-8");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("--input_file=none*.txt", "no file matches none*.txt")]
    [InlineData("--input_file=a.txt,none.txt", "there is no file 'none.txt'")]
    [InlineData("--input_file=folder", "folder is a folder")]
    [InlineData("--vocab_size=0", "--vocab_size must be at least 1, but is 0")]
    [InlineData("--vocab_size=12", "--vocab_size=12 is too small: 5 special tokens and 8 of a single character need 13")]
    [InlineData("--vocab_size=many", "--vocab_size=many: expected a whole number")]
    [InlineData("--min_frequency=-1", "--min_frequency must be at least 0, but is -1")]
    [InlineData("--surplus=-0.1", "--surplus must be in [0, 10], but is -0.1")]
    [InlineData("--surplus=11", "--surplus must be in [0, 10], but is 11")]
    [InlineData("--limit_alphabet=0", "--limit_alphabet must be at least 1, but is 0")]
    [InlineData("--vocab_size=2000000000", "--vocab_size must be at most 10000000")]
    [InlineData("--unused_tokens=-1", "--unused_tokens must be at least 0")]
    [InlineData("--unused_tokens=2000000000", "--unused_tokens=2000000000 leaves no room for anything else in --vocab_size=")]
    [InlineData("--max_words=0", "--max_words must be at least 1")]
    [InlineData("--threads=0", "--threads=0")]
    [InlineData("--output_file=nowhere/vocab.txt", "there is no folder")]
    [InlineData("--output_file=folder", "folder is a folder")]
    [InlineData("--output_file=a.txt", "is also an input")]
    public void Argument_ThatCannotWork_IsOneLine(string flag, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", "abc d");
        Directory.CreateDirectory(folder.At("folder"));
        VocabTests.Run(folder, "--input_file=a.txt", flag).FailedWith(2, message);
        Assert.Equal("abc d", File.ReadAllText(folder.At("a.txt")));
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Output_ThatIsALinkToAnInput_IsRefused()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a.txt", "abc d");
        File.CreateSymbolicLink(folder.At("link.txt"), folder.At("a.txt"));
        VocabTests.Run(folder, "--input_file=a.txt", "--output_file=link.txt").FailedWith(2, "is also an input");
        Assert.Equal("abc d", File.ReadAllText(folder.At("a.txt")));
    }

    [Fact]
    public void Output_ThatWasThere_StaysWhenLearningFails()
    {
        using var folder = new TemporaryFolder();
        folder.Write("vocab.txt", "old");
        folder.Write("a.txt", [0xFF]);
        VocabTests.Run(folder, "--input_file=a.txt").FailedWith(3, "byte 0 of the file (0xFF");
        Assert.Equal("old", File.ReadAllText(folder.At("vocab.txt")));
    }

    private static void AssertNothingWritten(TemporaryFolder folder) => Assert.DoesNotContain(
        Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories),
        file => file.Contains("vocab", StringComparison.Ordinal) || file.EndsWith(".partial", StringComparison.Ordinal));
}
