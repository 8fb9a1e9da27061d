// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;

namespace BertManaged.Cli.Tests.PretrainData;

/// <summary>Bad arguments and bad files: the exit code, one last line on standard error, and nothing left of an output.</summary>
public class BadInputTests
{
    [Theory]
    [InlineData("--max_seq_length=4", "--max_seq_length must be at least 5")]
    [InlineData("--max_seq_length=2000000000", "--max_seq_length must be at most 65536")]
    [InlineData("--max_predictions_per_seq=2000000000", "--max_predictions_per_seq must be at most 65536")]
    [InlineData("--max_predictions_per_seq=0", "--max_predictions_per_seq must be at least 1, but is 0")]
    [InlineData("--dupe_factor=0", "--dupe_factor must be at least 1, but is 0")]
    [InlineData("--masked_lm_prob=1.5", "--masked_lm_prob must be in [0, 1], but is 1.5")]
    [InlineData("--short_seq_prob=-0.1", "--short_seq_prob must be in [0, 1], but is -0.1")]
    [InlineData("--random_seed=1.5", "--random_seed=1.5: expected a whole number")]
    [InlineData("--jobs=0", "--jobs=0: expected a whole number from 1 to 1024")]
    [InlineData("--max_memory=much", "--max_memory=much: expected a size")]
    [InlineData("--max_memory=0", "--max_memory=0: expected a size")]
    [InlineData("--input_file=nowhere.txt", "--input_file", "nowhere.txt")]
    [InlineData("--input_file=nowhere/*.txt", "--input_file", "nowhere/*.txt")]
    [InlineData("--vocab_file=nowhere.txt", "nowhere.txt")]
    [InlineData("--dupe_facto=2", "--dupe_facto", "--dupe_factor")]
    public void Argument_ThatCannotWork_IsOneLine(string flag, params string[] parts)
    {
        using var folder = new TemporaryFolder();
        BertInside.Run(SmallText.Arguments(folder, flag)).FailedWith(2, parts);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void MaxSeqLength_OfFive_IsTheLeastThatWorks()
    {
        using var folder = new TemporaryFolder();
        Bert.Run(SmallText.Arguments(folder, "--max_seq_length=5")).Succeeded();
        Assert.NotEmpty(File.ReadAllBytes(folder.At("out.tfrecord")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n \t\n\r\n")]
    [InlineData("\u200B\n")]
    public void Input_WithoutAWord_IsOneLine(string text)
    {
        using var folder = new TemporaryFolder();
        folder.Write("text.txt", text);
        Bert.Run(SmallText.Arguments(folder)).EndedWith(3, folder.At("text.txt"), "not a single word");
        Bert.Run(SmallText.Arguments(folder, "--streaming")).EndedWith(3, folder.At("text.txt"), "not a single word");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("--jobs=1")]
    [InlineData("--jobs=2")]
    [InlineData("--streaming")]
    public void Input_ThatIsNotUtf8_IsOneLineWithFileAndByte(string flag)
    {
        using var folder = new TemporaryFolder();
        string first = folder.Write("a.txt", "the film\n"), second = folder.Write("b.txt", [.. "good\r\nthe \r"u8, 0xC3, (byte)'\n', 0xFF]);
        string third = folder.Write("c.txt", [0xFF]);
        Bert.Run(SmallText.Arguments(folder, $"--input_file={first},{second},{third}", flag)).EndedWith(
            3, second, "byte 11", "0xC3", "UTF-8");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Input_ThatIsNotUtf8_FarFromTheStart_IsNamedByItsByte()
    {
        using var folder = new TemporaryFolder();
        byte[] good = [.. Enumerable.Repeat("the film was good\r\n"u8.ToArray(), 60_000).SelectMany(line => line)];
        folder.Write("text.txt", [.. good, .. "the "u8, 0xE2, 0x28, (byte)'\n', .. good, 0xFF]);
        Bert.Run(SmallText.Arguments(folder, "--jobs=2")).EndedWith(3, $"byte {good.Length + 4} of the file (0xE2");
        AssertNothingWritten(folder);
    }

    [Theory]
    [InlineData("[CLS]")]
    [InlineData("[SEP]")]
    [InlineData("[MASK]")]
    public void Vocabulary_WithoutASpecialToken_IsOneLine(string token)
    {
        using var folder = new TemporaryFolder();
        SmallText.WriteVocabulary(folder, without: token);
        Bert.Run(SmallText.Arguments(folder)).FailedWith(3, folder.At("vocab.txt"), token);
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Vocabulary_WithoutUnk_IsOneLineWhereAWordNeedsIt()
    {
        using var folder = new TemporaryFolder();
        SmallText.WriteVocabulary(folder, without: "[UNK]");
        Bert.Run(SmallText.Arguments(folder)).Succeeded();
        File.Delete(folder.At("out.tfrecord"));
        folder.Write("text.txt", "the strange film\n");
        Bert.Run(SmallText.Arguments(folder)).EndedWith(3, folder.At("vocab.txt"), "[UNK]");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Output_ThatIsReadOrTwice_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string text = folder.Write("text.txt", SmallText.Text), other = folder.At("other", "..", "out.tfrecord");
        Bert.Run(SmallText.Arguments(folder, $"--output_file={text}")).FailedWith(2, text, "also an input");
        Bert.Run(SmallText.Arguments(folder, $"--output_file={folder.At("vocab.txt")}")).FailedWith(2, "vocab.txt", "the vocabulary");
        Bert.Run(SmallText.Arguments(folder, $"--output_file={folder.At("out.tfrecord")},{other}")).FailedWith(2, other, "named twice");
        Bert.Run(SmallText.Arguments(folder, $"--output_file={folder.Path}")).FailedWith(2, folder.Path, "is a folder");
        Bert.Run(SmallText.Arguments(folder, $"--output_file={folder.At("no", "out")}")).FailedWith(2, folder.At("no"), "no folder");
        Bert.Run(SmallText.Arguments(folder, $"--output_file={folder.At("out.tfrecord")},")).FailedWith(2, "empty name");
        Bert.Run(SmallText.Arguments(folder, "--streaming", $"--temp_dir={folder.At("no")}")).FailedWith(2, "--temp_dir", folder.At("no"));
        Assert.Equal(SmallText.Text, File.ReadAllText(text));
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Output_ThatIsALinkToAnInput_IsOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "makes a link");
        using var folder = new TemporaryFolder();
        string text = folder.Write("text.txt", SmallText.Text);
        File.CreateSymbolicLink(folder.At("link"), text);
        Bert.Run(SmallText.Arguments(folder, $"--output_file={folder.At("link")}")).FailedWith(2, "link", "also an input");
        Assert.Equal(SmallText.Text, File.ReadAllText(text));
    }

    [Fact]
    public void Text_TooLargeForMemory_IsOneLineThatNamesStreaming()
    {
        using var folder = new TemporaryFolder();
        folder.Write("text.txt", string.Concat(Enumerable.Repeat(SmallText.Text + "\n", 20_000)));
        Bert.Run(SmallText.Arguments(folder, "--max_memory=100MB")).EndedWith(
            2, "--streaming", "the 100 MB of --max_memory", "--dupe_factor=10");
        Bert.Run(SmallText.Arguments(folder, "--max_memory=100MB", "--streaming")).EndedWith(
            2, "--streaming needs", "100 MB of --max_memory");
        AssertNothingWritten(folder);
    }

    [Fact]
    public void Failure_AfterAnOutputWasThere_LeavesItAsItWas()
    {
        using var folder = new TemporaryFolder();
        folder.Write("out.tfrecord", "old");
        folder.Write("text.txt", [.. "the film\n"u8, 0xFF]);
        Bert.Run(SmallText.Arguments(folder)).EndedWith(3, "UTF-8");
        Assert.Equal("old", File.ReadAllText(folder.At("out.tfrecord")));
    }

    [Theory]
    [InlineData("--dupe_factor=400")]
    [InlineData("--dupe_factor=400", "--streaming")]
    public void Disk_FullWhileWriting_LeavesAllOutputsAsTheyWere(params string[] flags)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "limits the size of files by ulimit");
        using var folder = new TemporaryFolder();
        string first = folder.Write("first", "old"), second = folder.At("second");
        string[] arguments = SmallText.Arguments(folder, [$"--output_file={first},{second}", .. flags]);
        Bert bert = new Bert().WithEnvironment("DOTNET_EnableWriteXorExecute", "0");
        using Process process = bert.Start("/bin/bash", ["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"", Bert.File, .. arguments]);
        BertResult result = bert.Finish(process);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("bert: ", result.ErrorLines[^1]);
        Assert.Contains("cannot be written", result.ErrorLines[^1]);
        Assert.Equal("old", File.ReadAllText(first));
        Assert.Equal(["first", "text.txt", "vocab.txt"], Names(folder));
    }

    [Theory]
    [InlineData("INT", 130, "--jobs=1")]
    [InlineData("TERM", 143, "--jobs=2")]
    [InlineData("INT", 130, "--streaming")]
    public void Signal_WhileItWorks_LeavesNothing(string signal, int exitCode, string flag)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();
        folder.Write("text.txt", string.Concat(Enumerable.Repeat(SmallText.Text + "\n", 20_000)));
        var bert = new Bert();
        Process process = bert.Start(SmallText.Arguments(folder, "--dupe_factor=300", flag));
        Thread.Sleep(700);
        Assert.False(process.HasExited, "it ended before the signal");
        using (Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            kill.WaitForExit();
        }

        BertResult result = bert.Finish(process);
        result.EndedWith(exitCode, "interrupted", "nothing was written");
        Assert.Contains("stopping; a second signal ends at once", result.ErrorLines);
        Assert.Equal(["text.txt", "vocab.txt"], Names(folder));
    }

    private static void AssertNothingWritten(TemporaryFolder folder) =>
        Assert.DoesNotContain(Names(folder), name => name.Contains("out.tfrecord", StringComparison.Ordinal) || name.StartsWith('.'));

    private static string[] Names(TemporaryFolder folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
