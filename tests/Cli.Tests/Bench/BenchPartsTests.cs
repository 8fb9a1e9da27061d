// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests.Bench;

/// <summary>The parts that are measured by themselves: matrix products and the tokenizer.</summary>
public class BenchPartsTests
{
    [Fact]
    public void Gemm_HasEveryProductOfALayer()
    {
        JsonElement[] products = [.. Run("gemm", "--config=l2-h128", "--batch=2", "--seq=16", "--steps=2").EnumerateArray()];
        Assert.Equal(
            ["128x128 forward", "128x128 dX", "128x128 dWeight", "128x512 forward", "128x512 dX", "128x512 dWeight",
                "512x128 forward", "512x128 dX", "512x128 dWeight"],
            products.Select(p => $"{p.GetProperty("inputs")}x{p.GetProperty("outputs")} {p.GetProperty("product")}"));
        foreach (JsonElement product in products)
        {
            Assert.Equal(32, Number(product, "rows"));

            // One repetition was counted: 2·m·n·k operations in its time.
            double operations = 2 * 32 * Number(product, "inputs") * Number(product, "outputs");
            Assert.Equal(operations / Number(product, "median_ms") / 1e6, Number(product, "gflops"), 1e-9 * Number(product, "gflops"));
            Assert.Equal(Number(product, "min_ms"), Number(product, "median_ms"));
            Assert.Equal(Number(product, "gflops") / Number(product, "peak_gflops"), Number(product, "share_of_peak"), 1e-9);
        }
    }

    [Fact]
    public void Gemm_AsText_IsATable()
    {
        BertResult result = Bert.Run("bench", "gemm", "--config=l2-h128", "--batch=1", "--seq=8", "--steps=2").Succeeded();
        Assert.StartsWith("layer", result.OutputLines[0]);
        Assert.Equal(1 + 9 + 1, result.OutputLines.Length);
        Assert.StartsWith("peak of the machine", result.OutputLines[^1]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Tokenize_CountsTheTokensOfAllLines(int threads)
    {
        using var folder = new TemporaryFolder();
        string vocab = Path.Combine(TinyModel.Write(folder), "vocab.txt");
        string text = folder.Write("text.txt", "The film was good.\r\n\nbadly\n");
        JsonElement result = Run("tokenize", "--vocab-file", vocab, "--input", text, $"--threads={threads}", "--steps=3");
        Assert.Equal(3, Number(result, "lines"));

        // the film was good . / nothing / bad ##ly
        Assert.Equal(7, Number(result, "tokens_per_step"));
        Assert.Equal(2, Number(result, "steps"));
        Assert.InRange(Number(result, "min_ms"), 0, Number(result, "median_ms"));
        double rate = 7 / Number(result, "median_ms") * 1000;
        Assert.Equal(rate, Number(result, "tokens_per_second"), 1e-6 * rate);
    }

    [Fact]
    public void Tokenize_WithoutAText_TakesTheBundledOne()
    {
        JsonElement bundled = Run("tokenize", "--steps=2");
        string[] train = File.ReadAllLines(Repository.File("samples", "novelists", "train.tsv"));
        Assert.Equal(train.Length - 1, Number(bundled, "lines"));

        using var folder = new TemporaryFolder();
        string text = folder.Write("text.txt", string.Join('\n', train.Skip(1).Select(line => line.Split('\t')[0])));
        string vocab = Repository.File("samples", "novelists", "vocab.txt");
        JsonElement same = Run("tokenize", "--steps=2", "--input", text, "--vocab_file", vocab);
        Assert.Equal(Number(same, "tokens_per_step"), Number(bundled, "tokens_per_step"));
        Assert.Matches(
            @"^\d+ tokens per second; ", Bert.Run("bench", "tokenize", "--steps=2").Succeeded().OutputLines[1]);
    }

    private static JsonElement Run(string verb, params string[] arguments) =>
        JsonElement.Parse(Bert.Run(["bench", verb, .. arguments, "--format=json"]).Succeeded().Output);

    private static double Number(JsonElement result, string key) => result.GetProperty(key).GetDouble();
}
