// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using BertManaged.Testing;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>A small text and vocabulary with every example that Google's program makes of it, as tokens.</summary>
public class SmallGoldenTests
{
    [Theory]
    [InlineData("plain", false)]
    [InlineData("wwm", true)]
    public void Examples_AreGooglesInItsOrder(string kind, bool wholeWords)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path("goldens/small/pretrain_golden.json")));
        JsonElement parameters = golden.RootElement.GetProperty("params");
        PretrainDataOptions options = new()
        {
            InputFile = "",
            OutputFile = "",
            VocabFile = "",
            DoWholeWordMask = wholeWords,
            MaxSeqLength = parameters.GetProperty("max_seq_length").GetInt32(),
            DupeFactor = parameters.GetProperty("dupe_factor").GetInt32(),
            MaxPredictionsPerSeq = parameters.GetProperty("max_predictions_per_seq").GetInt32(),
        };
        string lines = string.Join('\n', golden.RootElement.GetProperty("vocab").EnumerateArray().Select(token => token.GetString()));
        Vocabulary vocabulary = Vocabulary.Parse(Encoding.UTF8.GetBytes(lines), "vocab");
        DrawnExamples examples = Drawn.From(golden.RootElement.GetProperty("text").GetString()!, vocabulary, options);
        JsonElement[] expected = [.. golden.RootElement.GetProperty("expected").GetProperty(kind).EnumerateArray()];
        Assert.Equal(expected.Length, examples.Count);
        foreach ((JsonElement theirs, ExampleFeatures ours) in expected.Zip(examples.First(expected.Length)))
        {
            Compare(theirs, ours, vocabulary);
        }
    }

    private static void Compare(JsonElement theirs, ExampleFeatures ours, Vocabulary vocabulary)
    {
        string[] tokens = [.. theirs.GetProperty("tokens").EnumerateArray().Select(token => token.GetString()!)];
        int[] positions = Ints(theirs.GetProperty("pos"));
        Assert.Equal(tokens, ours.InputIds.Take(ours.TokenCount).Select(id => vocabulary[id]));
        Assert.Equal(Ints(theirs.GetProperty("segment_ids")), ours.SegmentIds.Take(ours.TokenCount));
        Assert.Equal(theirs.GetProperty("is_random_next").GetBoolean() ? 1 : 0, ours.NextSentenceLabels[0]);
        Assert.Equal(positions, ours.MaskedLmPositions.Take(positions.Length));
        Assert.Equal(
            theirs.GetProperty("labels").EnumerateArray().Select(token => token.GetString()),
            ours.MaskedLmIds.Take(positions.Length).Select(id => vocabulary[id]));
        Assert.Equal(positions.Length, ours.MaskedLmWeights.Sum());
    }

    private static int[] Ints(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetInt32())];
}
