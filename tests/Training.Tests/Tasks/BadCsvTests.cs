// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>What is wrong with a person's own file is said in one line, with file and row.</summary>
public class BadCsvTests
{
    [Theory]
    [InlineData("train.csv", "text,label\na,x\nb\nc,y\n", ", row 3: expected 2 columns as in the header ('text', 'label'), but found 1.")]
    [InlineData("train.csv", "text,label\na,b,x\n", ", row 2: expected 2 columns as in the header ('text', 'label'), but found 3.")]
    [InlineData("train.tsv", "text\tlabel\na\tx\ty\n", ", row 2: expected 2 columns as in the header ('text', 'label'), but found 3.")]
    [InlineData("train.csv", "text,label\na,x\nb,\n", ", row 3: expected a label in column 'label', but found none.")]
    [InlineData("train.csv", "text,text,label\n", ", row 1: expected a header of different column names, but 'text' is there twice.")]
    [InlineData("train.csv", "text,class\na,x\n",
        ", row 1: expected a column 'label', but the columns are 'text', 'class'; name yours with --label-column.")]
    [InlineData("train.csv", "words,label\na,x\nb,y\n",
        ", row 1: expected a column 'text' or 'text_a' or 'sentence' or 'sentence1', "
        + "but the columns are 'words', 'label'; name yours with --text-column.")]
    [InlineData("train.csv", "", ": expected a header with column names and rows below it, but the file is empty.")]
    [InlineData("train.tsv", "\n\n", ": expected a header with column names and rows below it, but the file is empty.")]
    [InlineData("train.jsonl", "\n", ": expected one JSON object per line, but the file is empty.")]
    [InlineData("train.csv", "text,label\n", ": expected at least two different labels in column 'label', but there are no rows.")]
    [InlineData("train.csv", "text,label\na,x\nb,x\n",
        ": expected at least two different labels in column 'label', but every row has 'x'.")]
    [InlineData("train.csv", "text,label\nsay \"no\",x\n",
        ", row 2: expected fields with quotation marks to be quoted as in \"say \"\"so\"\"\" (RFC 4180), but found 'say \"no\",x'.")]
    [InlineData("train.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"text\": \"a\", \"label\": }\n",
        ", row 2: expected a JSON object, but it is not well-formed at byte 24 of the line: '{\"text\": \"a\", \"label\": }'.")]
    [InlineData("train.jsonl", "[1]\n", ", row 1: expected a JSON object, but found an array.")]
    [InlineData("train.jsonl", "{\"text\": \"a\", \"label\": [1]}\n",
        ", row 1: expected a text or a number for 'label', but found an array.")]
    [InlineData("train.jsonl", "{\"text\": \"\\ud800\", \"label\": 1}\n",
        ", row 1: expected valid text in the JSON strings, but found half a surrogate pair.")]
    [InlineData("train.jsonl", "{\"text\": \"a\", \"label\": 1}\n{\"label\": 2}\n",
        ", row 2: expected a text in 'text', but the row has only 'label'.")]
    public void ReadTrain_BadFile_SaysWhere(string file, string content, string problem)
    {
        using TaskFolder folder = new TaskFolder().With(file, content);

        var error = Assert.Throws<TaskDataException>(
            () => ClassificationTask.Find("csv").WithLabelsFrom(folder.Root).ReadTrain(folder.Root));
        Assert.Equal(Path.Combine(folder.Root, file) + problem, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("text,label\n\"never closed,x\nb,y\n")]
    [InlineData("text,label\n\"closed\" early,x\nb,y\n")]
    public void ReadTrain_BrokenQuoting_IsAnErrorInItsRow(string content)
    {
        using TaskFolder folder = new TaskFolder().With("train.csv", content);

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("csv").WithLabelsFrom(folder.Root));
        Assert.Contains("train.csv, row 2: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ReadTrain_CsvNotUtf8_NamesRowAndByte()
    {
        using TaskFolder folder = new TaskFolder().With("train.csv", [.. "text,label\nna"u8, 0xEF, .. "ve,x\n"u8]);

        var error = Assert.Throws<TaskDataException>(() => ClassificationTask.Find("csv").WithLabelsFrom(folder.Root));
        Assert.EndsWith(
            "train.csv, row 2: expected UTF-8, but byte 13 of the file (0xEF, counted from 0) belongs to no character; "
            + "save the file as UTF-8.",
            error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadTrain_TwoFiles_IsAnError()
    {
        using TaskFolder folder = new TaskFolder().With("train.csv", "text,label\n").With("train.jsonl", "");

        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("csv").WithLabelsFrom(folder.Root));
        Assert.Equal(
            $"Expected one train file in {folder.Root}, but found train.csv, train.jsonl; keep the one that you mean.",
            error.Message);
    }

    [Fact]
    public void ReadTrain_NoFile_ListsTheNamesThatWouldDo()
    {
        using TaskFolder folder = new TaskFolder().With("Train.txt", "");

        var error = Assert.Throws<TaskArgumentException>(() => ClassificationTask.Find("csv").WithLabelsFrom(folder.Root));
        Assert.Equal(
            $"Expected one of train.csv, train.tsv, train.jsonl in {folder.Root}, but the folder holds 'Train.txt'; set --data_dir.",
            error.Message);
    }

    [Fact]
    public void ReadTest_NamedColumnIsMissing_IsAnError()
    {
        using TaskFolder folder = new TaskFolder().With("test.csv", "text\na\n");
        ClassificationTask task = ClassificationTask.Find("csv", new CsvColumns { TextB = "answer" }).WithLabels(["x", "y"]);

        var error = Assert.Throws<TaskDataException>(() => task.ReadTest(folder.Root));
        Assert.EndsWith(
            "test.csv, row 1: expected a column 'answer', but the columns are 'text'; name yours with --text-b-column.",
            error.Message, StringComparison.Ordinal);
    }
}
