// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>Lines, documents and files as Google's program reads them.</summary>
public class DocumentReadingTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("w1 w2\nw3", "w1 w2|w3")]
    [InlineData("w1\n\nw2\n\n\n\nw3\n", "w1/w2/w3")]
    [InlineData("\n\n w1 \n \t\u3000\u2028\x1c\nw2\n", "w1/w2")]
    [InlineData("w1\r\n\r\nw\r2\r\n", "w1/w2")]
    [InlineData("w1\r\rw2", "w1w2")]
    [InlineData("w1\n\u200B\nw2\n", "w1|w2")]
    [InlineData("w1\v\fw2\u0085\u2028w3\n", "w1w2w3|")]
    public void Documents_OfAText_AreGoogles(string text, string expected)
    {
        // U+2028 splits words, but no lines; a line of a character that tokenizing drops is no blank one.
        expected = expected == "w1w2w3|" ? "[UNK] w3" : expected == "w1w2" ? "[UNK]" : expected;
        Assert.Equal(expected, Show(Drawn.Documents(text, RandomTexts.Vocabulary)));
    }

    [Theory]
    [InlineData("w1\n", "w2\n", "w1|w2")]
    [InlineData("w1", "w2", "w1|w2")]
    [InlineData("w1\n\n", "w2\n", "w1/w2")]
    [InlineData("w1\n\r", "w2\n", "w1|w2")]
    [InlineData("w1\n \r", "w2\n", "w1/w2")]
    public void Documents_OfTwoFiles_GoOnOverTheEnd(string first, string second, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("1"), first);
        File.WriteAllText(folder.File("2"), second);
        Assert.Equal(expected, Show(Read([folder.File("1"), folder.File("2")], jobs: 2, int.MaxValue)));
    }

    [Fact]
    public void Documents_OfManyChunks_AreThoseOfTheLines()
    {
        using var folder = new TemporaryFolder();
        string text = RandomTexts.Make(seed: 8, documents: 700);
        string longLine = string.Join(' ', Enumerable.Repeat("w1 w2st", 100_000));
        File.WriteAllText(folder.File("text"), $"{text}{longLine}\n{text.Replace("\n", "\r\n", StringComparison.Ordinal)}{longLine}");
        Assert.True(new FileInfo(folder.File("text")).Length > 6 * TextChunk.WantedBytes);
        string expected = Show(ReadByLines(folder.File("text")));
        Assert.All([1, 3], jobs => Assert.Equal(expected, Show(Read([folder.File("text")], jobs, int.MaxValue))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(64)]
    public void Document_LongerThanAllowed_IsCutBehindASentence(int longest)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text"), RandomTexts.Make(seed: 9, documents: 300));
        List<Document> whole = Read([folder.File("text")], jobs: 1, int.MaxValue), cut = Read([folder.File("text")], jobs: 2, longest);
        Assert.Equal(whole.SelectMany(document => Cut(document, longest)), cut.Select(document => document.SentenceStarts.ToArray()));
        Assert.Equal(whole.SelectMany(document => document.Ids.ToArray()), cut.SelectMany(document => document.Ids.ToArray()));
        Assert.Equal(Enumerable.Range(0, cut.Count).Select(i => (long)i), cut.Select(document => document.Number));
    }

    // Where the sentences of the pieces begin.
    private static IEnumerable<int[]> Cut(Document document, int longest)
    {
        List<int> starts = [0];
        for (int sentence = 0; sentence < document.SentenceCount; sentence++)
        {
            starts.Add(starts[^1] + document.Sentences(sentence, sentence + 1).Length);
            if (starts[^1] >= longest || sentence == document.SentenceCount - 1)
            {
                yield return [.. starts];
                starts = [0];
            }
        }
    }

    private static List<Document> Read(string[] files, int jobs, int longestDocument)
    {
        List<Document> documents = [];
        DocumentReading.Read(
            files, new BertTokenizer(RandomTexts.Vocabulary), jobs, longestDocument, documents.Add, TestContext.Current.CancellationToken);
        return documents;
    }

    // The long way round: all lines at once, one after another.
    private static List<Document> ReadByLines(string path)
    {
        var tokenizer = new BertTokenizer(RandomTexts.Vocabulary);
        List<List<List<int>>> documents = [[]];
        foreach (string line in Utf8Lines.Read(path))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                documents.Add([]);
                continue;
            }

            List<int> ids = [];
            tokenizer.Encode(line, ids);
            documents[^1].Add(ids);
        }

        return [.. documents.Where(sentences => sentences.Count > 0).Select((sentences, i) => new Document(
            i, [.. sentences.SelectMany(ids => ids)], [0, .. sentences.Select((_, s) => sentences.Take(s + 1).Sum(ids => ids.Count))]))];
    }

    // Sentences between |, documents between /.
    private static string Show(List<Document> documents) => string.Join('/', documents.Select(document =>
        string.Join('|', Enumerable.Range(0, document.SentenceCount).Select(sentence => Show(document, sentence)))));

    private static string Show(Document document, int sentence)
    {
        (int start, int length) = document.Sentences(sentence, sentence + 1);
        return string.Join(' ', document.Ids.Slice(start, length).ToArray().Select(id => RandomTexts.Vocabulary[id]));
    }
}
