// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.Json;
using BertManaged.Cli.Tests.Inspect;

namespace BertManaged.Cli.Tests.FillMask;

/// <summary><c>bert fill-mask</c> as a user starts it. That its probabilities are the references' is held by the tests of the
/// computation; here they are held against what <c>bert inspect</c> writes, and the rest is what a user sees.</summary>
public class FillMaskTests
{
    [Fact]
    public void Json_ForSeveralMasks_HasTheProbabilitiesOfTheLogitsThatInspectWrites()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);

        // [CLS] the [MASK] was very good [MASK] . [SEP]
        folder.Write("batch.json", BatchText.Of(
            ("input_ids", new[] { new[] { 2, 8, 4, 10, 12, 5, 4, 16, 3 } }),
            ("masked_lm_positions", new[] { new[] { 2, 6 } }), ("masked_lm_ids", new[] { new[] { 0, 0 } })));
        Bert.Run(
            "inspect", "gradients", model, "--task=masked-lm", $"--batch={folder.At("batch.json")}",
            $"--output={folder.At("dump.safetensors")}").Succeeded();
        using var dump = new DumpFile(folder.At("dump.safetensors"));
        double[][] logits = [.. dump.Doubles("logits").Chunk(TinyModel.VocabSize)];

        BertResult result = Run(model, "--text=The [MASK] was very good [MASK].", "--format=json", "--top_k=20").Succeeded();
        using JsonDocument found = JsonDocument.Parse(result.Output);
        Assert.Equal("The [MASK] was very good [MASK].", found.RootElement.GetProperty("text").GetString());
        JsonElement[] masks = [.. found.RootElement.GetProperty("masks").EnumerateArray()];
        Assert.Equal([2, 6], masks.Select(mask => mask.GetProperty("position").GetInt32()));
        Assert.All(masks, (mask, i) => CheckPredictions(mask, logits[i]));
    }

    [Fact]
    public void Text_ForOneMask_ShowsTheBestTokensFirst()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        string[] lines = Run(model, "--text=the film was [MASK] .", "--top_k=3").Succeeded().Output.Split('\n');
        Assert.Equal("the film was [MASK] .", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.Equal("", lines[4]);
        Assert.All(lines[1..4], line => Assert.Matches(@"^  0\.\d{4}  \S+$", line));
        double[] probabilities = [.. lines[1..4].Select(line => double.Parse(line.Split("  ")[1], CultureInfo.InvariantCulture))];
        Assert.Equal(probabilities.OrderDescending(), probabilities);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void Lines_OfAFileAndOfStandardInput_AreAnsweredAsEachAlone(string format)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        string[] texts = [.. Enumerable.Range(0, 40).Select(i =>
            $"a {string.Join(' ', Enumerable.Repeat("very", i % 20))} [MASK] film{(i % 3 == 0 ? " [MASK]" : "")}")];
        string all = string.Join('\n', texts) + "\r\n";
        folder.Write("texts.txt", all);
        string fromFile = Run(model, $"--input-file={folder.At("texts.txt")}", $"--format={format}").Succeeded().Output;
        Assert.Equal(fromFile, Bert.RunOn(all, "fill-mask", $"--model={model}", "--input-file=-", $"--format={format}").Succeeded().Output);
        foreach (int i in new[] { 0, 17, 39 })
        {
            Assert.Contains(Run(model, $"--text={texts[i]}", $"--format={format}").Succeeded().Output, fromFile);
        }

        Assert.Equal(format == "json" ? 40 : 40 + (5 * 54) + (2 * 14), fromFile.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("uncased_L-3_H-20_A-4.zip")]
    [InlineData("training/model.ckpt-200")]
    public void Model_OfGoogle_IsAsked(string checkpoint)
    {
        string folder = SharedFolder.Path("goldens/google/checkpoint-tiny");
        string[] flags = checkpoint.EndsWith(".zip", StringComparison.Ordinal)
            ? []
            : [$"--bert_config_file={folder}/bert_config.json", $"--vocab_file={folder}/vocab.txt"];
        string[] question = ["--text=he saw the [MASK] on the street", "--top_k=2"];
        BertResult result = Run(Path.Combine(folder, checkpoint), [.. flags, .. question]).Succeeded();
        BertResult zip = Run(Path.Combine(folder, "uncased_L-3_H-20_A-4.zip"), question);
        Assert.Equal(zip.Succeeded().Output, result.Output);
        Assert.Equal(3, result.OutputLines.Length);
    }

    [Fact]
    public void Backends_OfBothKinds_AnswerAlike()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, hasMaskedLm: true);
        Assert.Equal(
            Run(model, "--text=[MASK] [MASK]", "--threads=1").Succeeded().Output,
            Run(model, "--text=[MASK] [MASK]", "--backend=reference").Succeeded().Output);
    }

    internal static BertResult Run(string model, params string[] flags) => Bert.Run(["fill-mask", $"--model={model}", .. flags]);

    private static void CheckPredictions(JsonElement mask, double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        (int Id, double Probability)[] found = [.. mask.GetProperty("predictions").EnumerateArray()
            .Select(token => (token.GetProperty("id").GetInt32(), token.GetProperty("probability").GetDouble()))];
        Assert.Equal(Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]), found.Select(token => token.Id));
        double[] expected = [.. found.Select(token => Math.Exp(logits[token.Id]) / sum)];
        Near.Equal("probabilities", expected, [.. found.Select(token => token.Probability)], 1e-6);
        JsonElement first = mask.GetProperty("predictions")[0];
        Assert.Equal(TinyModel.Vocabulary[first.GetProperty("id").GetInt32()], first.GetProperty("token").GetString());
    }
}
