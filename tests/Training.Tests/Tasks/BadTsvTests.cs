// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Training.Tests;

/// <summary>What is wrong with a task's file is said in one line, with file and row.</summary>
public class BadTsvTests
{
    private const string Header = "Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n";
    private const string Good = "1\t10\t20\tone\ttwo\n";

    [Theory]
    [InlineData(Header + Good + "\n" + Good,
        "row 3: expected columns separated by tabs, but the line is blank; delete it.")]
    [InlineData(Header + Good + "\r\n" + Good,
        "row 3: expected columns separated by tabs, but the line is blank; delete it.")]
    [InlineData(Header + Good + "1\t10\t20\tone\n",
        "row 3: expected at least 5 columns separated by tabs for mrpc, but found 4.")]
    [InlineData(Header + "7\t10\t20\tone\ttwo\n",
        "row 2: column 1: expected one of the labels '0', '1', but found '7'.")]
    [InlineData(Header + "\uFEFF1\t10\t20\tone\ttwo\n",
        "row 2: column 1: expected one of the labels '0', '1', but found '\\uFEFF1'.")]
    public void ReadDev_BadRow_IsNamed(string content, string problem)
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", content);

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("mrpc").ReadDev(folder.Root));
        Assert.Equal($"{Path.Combine(folder.Root, "dev.tsv")}, {problem}", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Header)]
    public void ReadDev_NoRows_IsAnError(string content)
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", content);

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("mrpc").ReadDev(folder.Root));
        Assert.EndsWith(
            "dev.tsv: expected at least one line below the header for mrpc, but found none.",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDev_XnliWithoutChinese_SaysSo()
    {
        using TaskFolder folder = new TaskFolder().With("xnli.dev.tsv", "language\nen\tneutral\n");

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("xnli").ReadDev(folder.Root));
        Assert.Contains("at least one line of the language 'zh'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadDev_ByteOrderMarkInColaWithoutHeader_StaysInTheText()
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", "\uFEFFgj04\t1\t\tfine\n");

        Assert.Equal("fine", Assert.Single(ClassificationTask.Find("cola").ReadDev(folder.Root)).TextA);
    }

    [Fact]
    public void ReadDev_NotUtf8_NamesRowAndByteOfTheFile()
    {
        // "café" in Latin-1, after a line with a carriage return, which is dropped but counts as a byte.
        byte[] bytes = [.. Encoding.UTF8.GetBytes("gj04\t1\t\tfine\r\ngj\r04\t1\t\tcaf"), 0xE9, (byte)'\n'];
        using TaskFolder folder = new TaskFolder().With("dev.tsv", bytes);

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("cola").ReadDev(folder.Root));
        Assert.Equal(
            $"{Path.Combine(folder.Root, "dev.tsv")}, row 2: expected UTF-8, but byte {Array.IndexOf(bytes, (byte)0xE9)} of the file "
            + "(0xE9, counted from 0) belongs to no character; save the file as UTF-8.",
            error.Message);
    }

    [Fact]
    public void ReadTrain_NoSuchFile_ListsWhatIsThere()
    {
        using TaskFolder folder = new TaskFolder().With("dev.tsv", Header + Good).With("readme.txt", "");

        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("mrpc").ReadTrain(folder.Root));
        Assert.Equal(
            $"Expected train.tsv in {folder.Root}, but the folder holds 'dev.tsv', 'readme.txt'; set --data_dir.", error.Message);
    }

    [Fact]
    public void ReadTrain_NoSuchFolder_SaysSo()
    {
        string nowhere = Path.Combine(Path.GetTempPath(), "bert-there-is-no-such-folder");

        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("mrpc").ReadTrain(nowhere));
        Assert.Equal($"Expected train.tsv in {nowhere}, but there is no such folder; set --data_dir.", error.Message);
    }

    [Fact]
    public void Quote_LongText_IsCut() =>
        Assert.Equal($"'{new string('x', 40)}…'", Quote.Of(new string('x', 1000)));
}
