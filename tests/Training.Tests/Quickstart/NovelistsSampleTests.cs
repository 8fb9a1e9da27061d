// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>The data of the quickstart, as committed.</summary>
public class NovelistsSampleTests
{
    private static readonly string Folder = Repository.File("samples", "novelists");
    private static readonly ClassificationTask Task =
        ClassificationTask.Find("csv", new CsvColumns { Label = "author" }).WithLabelsFrom(Folder);

    [Fact]
    public void Files_AreBalancedAndApart()
    {
        IReadOnlyList<InputExample> train = Task.ReadTrain(Folder), dev = Task.ReadDev(Folder);

        Assert.Equal(["Burnett", "Eliot", "Stevenson"], Task.Labels);
        Assert.Equal([900, 900, 900], Task.Labels.Select(author => train.Count(e => e.Label == author)));
        Assert.Equal([150, 150, 150], Task.Labels.Select(author => dev.Count(e => e.Label == author)));
        Assert.Empty(train.Select(e => e.TextA).Intersect(dev.Select(e => e.TextA)));
        Assert.Equal(train.Count, train.Select(e => e.TextA).Distinct().Count());
    }

    [Fact]
    public void Files_AreSmall() =>
        Assert.InRange(Directory.EnumerateFiles(Folder).Sum(file => new FileInfo(file).Length), 300_000, 600_000);

    [Fact]
    public void Passages_AreShortAndHoldNoNames()
    {
        foreach (InputExample example in Task.ReadTrain(Folder).Concat(Task.ReadDev(Folder)))
        {
            Assert.InRange(Words.Of(example.TextA).Count, 20, 60);
            Assert.DoesNotMatch("[a-z,;'-] [A-HJ-Z]", example.TextA);
        }
    }

    [Fact]
    public void Vocabulary_SpellsEveryPassageWithoutUnknownPieces()
    {
        string[] pieces = File.ReadAllLines(Path.Combine(Folder, "vocab.txt"));
        HashSet<string> known = [.. pieces];

        Assert.Equal(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], pieces.Take(5));
        Assert.Equal((3000, 3000), (pieces.Length, known.Count));
        foreach (string passage in Task.ReadTrain(Folder).Concat(Task.ReadDev(Folder)).Select(e => e.TextA.ToLowerInvariant()))
        {
            Assert.All(passage.Where(c => c != ' '), c => Assert.Contains(c.ToString(), known));
            Assert.All(passage.Where(char.IsLetter), c => Assert.Contains($"##{c}", known));
        }
    }

    [Fact]
    public void Baselines_OnOtherBooksOfTheSameAuthors_LeaveRoomForALearner()
    {
        IReadOnlyList<InputExample> train = Task.ReadTrain(Folder), dev = Task.ReadDev(Folder);

        double words = NaiveBayes.Train(Task, train).Evaluate(Task, dev).Accuracy;
        Assert.Equal(1 / 3.0, MajorityClass.Train(Task, train).Accuracy(Task, dev), 12);

        // Measured as well by a program of a few lines in another language: 336 of 450.
        Assert.Equal(336, Math.Round(words * dev.Count));
    }
}
