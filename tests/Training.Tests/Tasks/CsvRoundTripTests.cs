// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;

namespace BertManaged.Training.Tests;

/// <summary>Whatever texts another program writes, the same texts are read.</summary>
public class CsvRoundTripTests
{
    private static readonly string[] Pieces =
        ["a", "é", "中", "😀", " ", ",", "\"", "\"\"", "\n", "\r\n", "\r", "\t", "'", "\\", "\u2028", "\uFEFF", "{", "label", "\0"];

    [Fact]
    public void ReadTrain_RandomTextsAsCsv_AreReadBack()
    {
        var random = new Random(3);
        for (int round = 0; round < 300; round++)
        {
            string[] texts = [.. Enumerable.Range(0, 5).Select(_ => Text(random))];
            string newLine = random.Next(2) == 0 ? "\n" : "\r\n";
            var csv = new StringBuilder("text,label").Append(newLine);
            var rows = new List<int>();
            for (int i = 0; i < texts.Length; i++)
            {
                rows.Add(1 + Lines(csv.ToString()));
                csv.Append($"{Field(texts[i], random)},{i % 2}{(i == 4 && round % 2 == 0 ? "" : newLine)}");
            }

            using TaskFolder folder = new TaskFolder().With("train.csv", csv.ToString());
            IReadOnlyList<InputExample> examples = Read(folder);
            Assert.Equal(texts, examples.Select(e => e.TextA));
            Assert.Equal(rows, examples.Select(e => e.Row));
        }
    }

    [Fact]
    public void ReadTrain_RandomTextsAsJson_AreReadBack()
    {
        var random = new Random(4);
        for (int round = 0; round < 200; round++)
        {
            string[] texts = [.. Enumerable.Range(0, 5).Select(_ => Text(random))];
            IEnumerable<string> lines = texts.Select((text, i) => JsonSerializer.Serialize(new { text, label = i % 2 }) + "\n");
            using TaskFolder folder = new TaskFolder().With("train.jsonl", string.Concat(lines));

            Assert.Equal(texts, Read(folder).Select(e => e.TextA));
        }
    }

    [Fact]
    public void ReadTrain_RandomBytes_AreReadOrRefusedInOneLine()
    {
        var random = new Random(5);
        string[] names = ["train.csv", "train.tsv", "train.jsonl"];
        for (int round = 0; round < 600; round++)
        {
            string noise = "text,label\n"
                + string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            using TaskFolder folder = new TaskFolder().With(names[round % 3], noise);
            try
            {
                Read(folder);
            }
            catch (TaskDataException e)
            {
                Assert.DoesNotContain('\n', e.Message);
                Assert.Contains(names[round % 3], e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static IReadOnlyList<InputExample> Read(TaskFolder folder) =>
        ClassificationTask.Find("csv").WithLabelsFrom(folder.Root).ReadTrain(folder.Root);

    private static string Text(Random random) =>
        "x" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    /// <summary>RFC 4180: quoted where it must be, and now and then where it need not.</summary>
    private static string Field(string text, Random random) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || random.Next(3) == 0 ? $"\"{text.Replace("\"", "\"\"")}\"" : text;

    /// <summary>Line ends as editors count them: "\r\n", "\n" and "\r" are one each.</summary>
    private static int Lines(string text) => text.Replace("\r\n", "\n").Replace('\r', '\n').Count(c => c == '\n');
}
