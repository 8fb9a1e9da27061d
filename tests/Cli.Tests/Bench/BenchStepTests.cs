// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests.Bench;

/// <summary>What a measurement of steps says. No number of it depends on how fast the machine is.</summary>
public class BenchStepTests
{
    private static readonly string[] Small = ["--config=l2-h128", "--batch=2", "--seq=16"];

    [Theory]
    [InlineData("train")]
    [InlineData("pretrain")]
    [InlineData("infer")]
    public void Json_HasItsKeys_AndTheyAgreeWithEachOther(string verb)
    {
        JsonElement result = Run(verb, [.. Small, "--steps=3", "--threads=1"]);
        Assert.Equal("l2-h128", result.GetProperty("model").GetString());
        Assert.Equal(2, Number(result, "steps"));
        Assert.Equal(1, Number(result, "threads"));
        Assert.Equal(32, Number(result, "tokens_per_step"));
        Assert.InRange(Number(result, "min_ms"), 1e-6, Number(result, "median_ms"));
        AssertNear(Number(result, "gflops") / Number(result, "peak_gflops"), Number(result, "share_of_peak"));
        Assert.InRange(Number(result, "peak_gflops"), 0.01, Number(result, "peak_burst_gflops"));

        // Two steps were counted: their median is their mean.
        double seconds = Number(result, "median_ms") / 1000;
        AssertNear(32 / seconds, Number(result, "real_tokens_per_second"));
        AssertNear(Number(result, "flops_per_step") / seconds / 1e9, Number(result, "gflops"));
        Assert.True(Number(result, "allocated_bytes_per_step") > 0);
        Assert.False(result.TryGetProperty("profile", out _));
    }

    [Fact]
    public void PeakMemory_HoldsTheWeights()
    {
        // Word, position and token type tables of 128 columns, two layers of 12 · 128² weights: 4 bytes each.
        double weights = 4 * ((30522 + 512 + 2 + (2 * 12 * 128)) * 128.0) / 1e6;
        double infer = Number(Run("infer", [.. Small, "--steps=2"]), "peak_megabytes");
        Assert.InRange(infer, weights, 1000);

        // Their gradients and two moments besides.
        Assert.True(Number(Run("train", [.. Small, "--steps=2"]), "peak_megabytes") > infer + (2 * weights));
    }

    [Fact]
    public void Pretrain_FromRandomWeights_HasTheLossOfGuessing()
    {
        double loss = Number(Run("pretrain", [.. Small, "--steps=2"]), "outcome");
        Assert.InRange(loss, Math.Log(30522) + Math.Log(2) - 0.5, Math.Log(30522) + Math.Log(2) + 0.5);
    }

    [Theory]
    [InlineData("infer", 12_160)]
    [InlineData("train", 3 * 12_160)]
    [InlineData("pretrain", 3 * 34_752)]
    public void Flops_OfATinyModel_AreThoseCountedByHand(string verb, double expected)
    {
        // H 8, F 12, 2 layers, 20 tokens, 2 classes; 8 rows: sequences of 3 and 5.
        // A layer: 4 · 2·8·8·8 + 2 · 2·8·8·12 + 2 · (2·3·3·8 + 2·5·5·8) = 4096 + 3072 + 1088 = 8256.
        // The last one for two rows: 2 · 2·8·8·8 + 2 · 2·2·8·8 + 2 · 2·2·8·12 + 2 · (2·1·3·8 + 2·1·5·8) = 2048 + 512 + 768 + 256 = 3584.
        // Pooler 2·2·8·8 = 256, classifier 2·2·8·2 = 64. Together 8256 + 3584 + 256 + 64 = 12160.
        // Pre-training: 20 masked positions of at most 5 are all of them, so that the last layer is like the other. Instead of the
        // classifier 40 predictions, 2·40·8·8 + 2·40·8·20 = 17920, and next sentence 2·2·8·2 = 64.
        // Together 2 · 8256 + 256 + 17920 + 64 = 34752.
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), lengths = folder.Write("lengths", "3\n5\n");
        JsonElement result = Run(verb, "--model", model, "--batch=2", "--seq=5", "--steps=2", "--lengths", lengths);
        Assert.Equal(expected, Number(result, "flops_per_step"));
        Assert.Equal(8, Number(result, "tokens_per_step"));
    }

    [Fact]
    public void Lengths_AreTakenBatchByBatch_CutAndFromTheBeginningAgain()
    {
        using var folder = new TemporaryFolder();
        string lengths = folder.Write("lengths", "3\n5\n100");
        JsonElement result = Run("infer", "--config=l2-h128", "--batch=2", "--seq=7", "--steps=4", "--lengths", lengths);

        // 3 + 5 warm up; then 7 + 3, 5 + 7, 3 + 5.
        Assert.Equal((10 + 12 + 8) / 3.0, Number(result, "tokens_per_step"));
    }

    [Fact]
    public void Model_WithAHead_IsMeasuredWithIt()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["--batch=1", "--seq=4", "--steps=2", "--model"];
        double two = Number(Run("infer", [.. arguments, TinyModel.Write(folder, "two", outputs: 2)]), "flops_per_step");
        double five = Number(Run("infer", [.. arguments, TinyModel.Write(folder, "five", outputs: 5)]), "flops_per_step");
        Assert.Equal(2 * 1 * 8 * 3, five - two);
        Run("train", [.. arguments, TinyModel.Write(folder, "one", outputs: 1)]);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("infer")]
    public void Profile_AddsUpToTheStep_AndChangesNothing(string verb)
    {
        string[] arguments = [.. Small, "--steps=2"];
        JsonElement profiled = Run(verb, [.. arguments, "--profile"]), plain = Run(verb, arguments);
        Assert.Equal(Number(plain, "outcome"), Number(profiled, "outcome"));

        // One step was counted: its time is the median.
        JsonElement[] rows = [.. profiled.GetProperty("profile").EnumerateArray()];
        AssertNear(Number(profiled, "median_ms"), rows.Sum(row => Number(row, "ms_per_step")));
        AssertNear(1, rows.Sum(row => Number(row, "share")));
        Assert.Equal("outside of kernels", rows[^1].GetProperty("op").GetString());
        Assert.True(Number(rows[^1], "ms_per_step") > 0);
        double[] times = [.. rows[..^1].Select(row => Number(row, "ms_per_step"))];
        Assert.Equal(times.OrderDescending(), times);
        Assert.All(rows[..^1], row => Assert.True(Number(row, "calls_per_step") >= 1));
        Assert.Equal(verb == "train", rows.Any(row => row.GetProperty("op").GetString() == "LinearBackward"));
    }

    [Theory]
    [InlineData("train", 16)]
    [InlineData("pretrain", 100)]
    [InlineData("infer", 16)]
    public void Profile_CountsTheOperationsOfTheFormula(string verb, int seq)
    {
        // Rate by time, from the shapes that kernels were called with. Of 100 rows 20 masked ones are not all.
        JsonElement result = Run(verb, "--config=l2-h128", "--batch=2", $"--seq={seq}", "--steps=2", "--profile");
        double operations = result.GetProperty("profile").EnumerateArray().Where(row => row.TryGetProperty("gflops", out _))
            .Sum(row => Number(row, "gflops") * Number(row, "ms_per_step") * 1e6);
        AssertNear(operations, Number(result, "flops_per_step"));
    }

    [Theory]
    [InlineData("train")]
    [InlineData("pretrain")]
    public void Recompute_ChangesNoBit_AndCountsNoMoreWork(string verb)
    {
        // Two updates come before the last loss: gradients that differed would have moved it.
        string[] arguments = [.. Small, "--steps=3", "--profile"];
        JsonElement again = Run(verb, [.. arguments, "--recompute"]), once = Run(verb, arguments);
        Assert.True(again.GetProperty("recompute").GetBoolean());
        Assert.False(once.GetProperty("recompute").GetBoolean());
        Assert.Equal(Number(once, "outcome"), Number(again, "outcome"));
        Assert.Equal(Number(once, "flops_per_step"), Number(again, "flops_per_step"));

        // All layers but the last pass twice: one of two, and a layer has six dense maps.
        static double Linears(JsonElement result) => Number(
            Assert.Single(
                result.GetProperty("profile").EnumerateArray(), row => row.GetProperty("op").GetString() == "Linear"), "calls_per_step");
        Assert.Equal(6, Linears(again) - Linears(once));
    }

    [Fact]
    public void Text_SaysTheSame_WithTheTableOfTheProfile()
    {
        BertResult result = Bert.Run(["bench", "infer", .. Small, "--steps=2", "--threads=1", "--profile"]).Succeeded();
        Assert.Equal("infer l2-h128, batch 2, seq 16, 1 threads", result.OutputLines[0]);
        Assert.Contains(result.OutputLines, line => line.StartsWith("share of the peak", StringComparison.Ordinal));
        string linear = Assert.Single(result.OutputLines, line => line.StartsWith("Linear ", StringComparison.Ordinal));
        Assert.EndsWith("GFLOP/s", linear);
        Assert.Matches(@"^outside of kernels +[\d.]+ +[\d.]+ %$", result.OutputLines[^1]);
    }

    private static JsonElement Run(string verb, params string[] arguments) =>
        JsonElement.Parse(Bert.Run(["bench", verb, .. arguments, "--format=json"]).Succeeded().Output);

    private static double Number(JsonElement result, string key) => result.GetProperty(key).GetDouble();

    private static void AssertNear(double expected, double found) => Assert.InRange(found / expected, 1 - 1e-9, 1 + 1e-9);
}
