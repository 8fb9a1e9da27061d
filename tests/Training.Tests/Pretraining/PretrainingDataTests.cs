// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class PretrainingDataTests
{
    [Fact]
    public void Example_OfARecord_HasItsRealTokensAndUsedSlots()
    {
        using var folder = new TemporaryFolder();
        var record = new PretrainingRecord
        {
            Features =
            {
                ["input_ids"] = new long[] { 2, 7, 4, 3, 9, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
                ["input_mask"] = new long[] { 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
                ["segment_ids"] = new long[] { 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
                ["masked_lm_positions"] = new long[] { 2, 4, 0, 0 },
                ["masked_lm_ids"] = new long[] { 11, 9, 0, 0 },
                ["masked_lm_weights"] = new float[] { 1, 0.5f, 0, 0 },
                ["next_sentence_labels"] = new long[] { 1 },
                ["unknown"] = new long[] { 5 },
            },
        };
        File.WriteAllBytes(folder.File("one.tfrecord"), PretrainingRecord.File(record));
        PretrainingExample example =
            Assert.Single(PretrainingData.Read([folder.File("one.tfrecord")], SmallRun.Format, CancellationToken.None));
        Assert.Equal([2, 7, 4, 3, 9, 3], example.InputIds);
        Assert.Equal([0, 0, 0, 0, 1, 1], example.TokenTypeIds);
        Assert.Equal([2, 4], example.MaskedPositions);
        Assert.Equal([11, 9], example.MaskedIds);
        Assert.Equal([1, 0.5], example.MaskedWeights);
        Assert.Equal(1, example.NextSentence);
    }

    public static TheoryData<string, long, string> Spoilt => new()
    {
        { "input_ids", 30, "input_ids[0] is 30, but the config's vocab_size is 30" },
        { "input_ids", -1, "input_ids[0] is -1, but the config's vocab_size is 30" },
        { "input_ids", 4294967296, "input_ids[0] is 4294967296" },
        { "masked_lm_ids", 30, "masked_lm_ids[0] is 30, but the config's vocab_size is 30" },
        { "segment_ids", 2, "segment_ids[0] is 2, but the config's type_vocab_size is 2" },
        { "masked_lm_positions", 19, "masked_lm_positions[0] is 19, but the example has " },
        { "masked_lm_positions", -1, "masked_lm_positions[0] is -1" },
        { "next_sentence_labels", 2, "next_sentence_labels[0] is 2, expected 0" },
        { "input_mask", 0, "input_mask[1] is 1, expected 1 for tokens, then 0 for padding" },
        { "input_mask", 2, "input_mask[0] is 2, expected 1 for tokens" },
    };

    [Theory, MemberData(nameof(Spoilt))]
    public void Number_OutOfItsBounds_IsNamedWithRecordAndOffset(string feature, long value, string message)
    {
        using var folder = new TemporaryFolder();
        PretrainingRecord good = Short(new Random(1)), bad = Short(new Random(2));
        ((long[])bad.Features[feature])[0] = value;
        File.WriteAllBytes(folder.File("bad.tfrecord"), PretrainingRecord.File(good, bad));
        TFRecordException e = Assert.Throws<TFRecordException>(
            () => PretrainingData.Read([folder.File("bad.tfrecord")], SmallRun.Format, CancellationToken.None));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.Contains($"record 1 (the first is 0) at byte {PretrainingRecord.File(good).Length}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Weight_ThatIsNone_IsNamed(float weight)
    {
        using var folder = new TemporaryFolder();
        PretrainingRecord bad = Short(new Random(2));
        ((float[])bad.Features["masked_lm_weights"])[1] = weight;
        File.WriteAllBytes(folder.File("bad.tfrecord"), PretrainingRecord.File(bad));
        TFRecordException e = Assert.Throws<TFRecordException>(
            () => PretrainingData.Read([folder.File("bad.tfrecord")], SmallRun.Format, CancellationToken.None));
        Assert.Contains("masked_lm_weights[1]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_WithoutNextSentenceLabels_AreEnoughForMaskedLmAlone()
    {
        using var folder = new TemporaryFolder();
        PretrainingRecord record = Short(new Random(2));
        record.Features.Remove("next_sentence_labels");
        File.WriteAllBytes(folder.File("one.tfrecord"), PretrainingRecord.File(record));
        PretrainingFormat maskedLm = SmallRun.Format with { NextSentence = false };
        Assert.Single(PretrainingData.Read([folder.File("one.tfrecord")], maskedLm, CancellationToken.None));
        OptionsException refused = Assert.Throws<OptionsException>(
            () => PretrainingData.Read([folder.File("one.tfrecord")], SmallRun.Format, CancellationToken.None));
        Assert.Contains("--nsp=false", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>An example that is shorter than its room.</summary>
    private static PretrainingRecord Short(Random random)
    {
        PretrainingRecord record;
        do
        {
            record = PretrainingRecord.Draw(random, SmallRun.Sequence, SmallRun.Predictions, SmallRun.VocabSize);
        }
        while (((long[])record.Features["input_mask"])[^1] == 1);

        return record;
    }
}
