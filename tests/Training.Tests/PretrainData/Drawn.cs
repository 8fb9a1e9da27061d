// SPDX-License-Identifier: Apache-2.0
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>Examples of a text, drawn in memory.</summary>
internal static class Drawn
{
    public static DrawnExamples From(string text, Vocabulary vocabulary, PretrainDataOptions options) =>
        new InstanceDrawing(new PretrainingVocabulary(vocabulary), options, TestContext.Current.CancellationToken).Draw(
            [.. Documents(text, vocabulary)], options.DupeFactor, new PythonRandom(options.RandomSeed));

    public static List<Document> Documents(string text, Vocabulary vocabulary)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text"), text);
        List<Document> documents = [];
        DocumentReading.Read(
            [folder.File("text")], new BertTokenizer(vocabulary), jobs: 1, int.MaxValue, documents.Add,
            TestContext.Current.CancellationToken);
        return documents;
    }
}
