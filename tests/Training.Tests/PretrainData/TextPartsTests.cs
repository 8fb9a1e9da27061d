// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>Documents that wait on the disk.</summary>
public class TextPartsTests
{
    [Theory]
    [InlineData(2007)]
    [InlineData(70_000)]
    public void Copies_OfEachDocument_AreAllThereAsTheyWere(int vocabularySize)
    {
        using var folder = new TemporaryFolder();
        Vocabulary vocabulary = Vocabulary.Parse(
            Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, vocabularySize))), "vocab");
        List<Document> documents = [.. Documents(vocabularySize)];
        using var parts = new TextParts(folder.Path, count: 3, vocabulary);
        PythonRandom random = new(7);
        documents.ForEach(document => parts.Spread(document, copies: 4, random));

        Document[][] read = [.. Enumerable.Range(0, 3).Select(parts.Read)];
        Assert.All(read, part => Assert.Equal(part.Select(document => document.Number).Order(), part.Select(document => document.Number)));
        ILookup<long, Document> byNumber = read.SelectMany(part => part).ToLookup(document => document.Number);
        Assert.Equal(documents.Count, byNumber.Count);
        foreach (Document document in documents)
        {
            Assert.Equal(4, byNumber[document.Number].Count());
            Assert.All(byNumber[document.Number], copy => Assert.Equal(document.Ids, copy.Ids));
            Assert.All(byNumber[document.Number], copy => Assert.Equal(document.SentenceStarts, copy.SentenceStarts));
        }
    }

    [Fact]
    public void Folder_WhileTheyWait_ShowsNoFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a file without a name");
        using var folder = new TemporaryFolder();
        using var parts = new TextParts(folder.Path, count: 2, RandomTexts.Vocabulary);
        PythonRandom random = new(7);
        foreach (Document document in Documents(vocabularySize: 2000))
        {
            parts.Spread(document, copies: 10, random);
        }

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData(0, 10, 1)]
    [InlineData(838_860, 10, 1)]
    [InlineData(838_861, 10, 2)]
    [InlineData(100_000_000, 10, 120)]
    [InlineData(100_000_000_000, 10, 1024)]
    public void Count_FollowsFromTheSizeOfTheText(long bytes, int copies, int expected) =>
        Assert.Equal(expected, TextParts.CountFor(bytes, Options(copies)));

    private static PretrainDataOptions Options(int copies) =>
        new() { InputFile = "", OutputFile = "", VocabFile = "", DupeFactor = copies };

    // Some of them larger than a block.
    private static IEnumerable<Document> Documents(int vocabularySize)
    {
        var random = new Random(5);
        for (int number = 0; number < 120; number++)
        {
            int tokens = random.Next(10) == 0 ? random.Next(1, 100_000) : random.Next(1, 500);
            IEnumerable<int> within = Enumerable.Range(0, random.Next(20)).Select(_ => random.Next(1, tokens + 1));
            int[] starts = [0, .. within.Where(at => at < tokens).Distinct().Order(), tokens];
            yield return new Document(number, [.. Enumerable.Range(0, tokens).Select(_ => random.Next(vocabularySize))], starts);
        }
    }
}
