// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;
using BertManaged.Testing;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>Examples as Google's program makes them: stored outputs of it, field by field.</summary>
public class InstanceDrawingTests
{
    private const string Goldens = "goldens/google/pretrain-data/";

    [Theory]
    [InlineData("a-readme", "data/google-sample_text.txt", "bert-base-uncased")]
    [InlineData("b-wwm", "data/google-sample_text.txt", "bert-base-uncased")]
    public void Examples_AreGooglesInItsOrder(string set, string text, string vocab)
    {
        Vocabulary vocabulary = Vocabulary.Load(SharedFolder.Path($"data/vocab/{vocab}/vocab.txt"));
        PretrainingVocabulary special = new(vocabulary);
        PretrainDataOptions options = new() { InputFile = "", OutputFile = "", VocabFile = "", DupeFactor = 5, DoWholeWordMask = set == "b-wwm" };
        Document[] documents = DocumentReading.Read([SharedFolder.Path(text)], new BertTokenizer(vocabulary), 1, TestContext.Current.CancellationToken);
        (InstanceList instances, int[] order) = InstanceDrawing.Draw(documents, special, options, new PythonRandom(12345), TestContext.Current.CancellationToken);
        using var lines = new StreamReader(new GZipStream(
            File.OpenRead(SharedFolder.Path($"{Goldens}{set}/examples.jsonl.gz")), CompressionMode.Decompress));
        ExampleFeatures features = new(documents, special, options);
        foreach (int i in order)
        {
            features.Fill(instances.Pair(i), instances.Masked(i));
            using JsonDocument line = JsonDocument.Parse(lines.ReadLine()!);
            Assert.Equal(Ints(line, "input_ids"), features.InputIds);
            Assert.Equal(Ints(line, "masked_lm_ids"), features.MaskedLmIds);
            Assert.Equal(Ints(line, "masked_lm_positions"), features.MaskedLmPositions);
            Assert.Equal(Ints(line, "segment_ids"), features.SegmentIds);
            Assert.Equal(Ints(line, "next_sentence_labels"), features.NextSentenceLabels);
        }

        Assert.Null(lines.ReadLine());
    }

    private static int[] Ints(JsonDocument record, string name) =>
        [.. record.RootElement.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];
}
