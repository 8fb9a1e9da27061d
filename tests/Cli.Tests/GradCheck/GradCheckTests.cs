// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests.GradCheck;

public class GradCheckTests
{
    public static readonly TheoryData<string> Ops =
        ["Add", "Attention", "CrossEntropy", "Dropout", "Gather", "Gelu", "LayerNorm", "Linear", "MeanSquaredError", "Relu", "Tanh"];

    [Fact]
    public void GradCheck_OfAllOps_PassesAndShowsATable()
    {
        BertResult result = Bert.Run("gradcheck").Succeeded();
        string[] passed = [.. result.OutputLines.Where(line => line.EndsWith("ok", StringComparison.Ordinal))];
        Assert.All(Ops, op => Assert.Contains(passed, line => line.StartsWith(op, StringComparison.Ordinal)));
        Assert.DoesNotContain("WRONG", result.Output);
    }

    [Fact]
    public void GradCheck_OfAModel_ChecksEveryParameterOfEveryHead()
    {
        using JsonDocument report = JsonDocument.Parse(Bert.Run("gradcheck", "--model", "--format", "json").Succeeded().Output);
        Assert.True(report.RootElement.GetProperty("passed").GetBoolean());
        JsonElement[] rows = [.. report.RootElement.GetProperty("gradients").EnumerateArray()];
        Assert.All(rows, row => Assert.InRange(row.GetProperty("largest_error").GetDouble(), 0, 1e-8));

        string[] names = [.. rows.Select(row => row.GetProperty("parameter").GetString()!).Distinct()];
        Assert.Contains("bert.encoder.layer.1.attention.self.query.weight", names);
        Assert.Contains("classifier.bias", names);
        Assert.Contains("cls.predictions.bias", names);
        Assert.Contains("cls.seq_relationship.weight", names);

        // Nothing is proven of a gradient that is 0: only the biases of keys may be.
        Assert.All(
            rows.Where(row => row.GetProperty("largest_gradient").GetDouble() < 1e-3),
            row => Assert.EndsWith("attention.self.key.bias", row.GetProperty("parameter").GetString()));
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void GradCheck_OfABrokenOp_Fails(string op)
    {
        foreach (string fault in new[] { "sign", "factor", "missing-term" })
        {
            BertResult result = BertInside.Run("gradcheck", "--op", op, "--break", op, "--fault", fault);
            Assert.Equal(4, result.ExitCode);
            Assert.Contains("WRONG", result.Output);
        }
    }

    [Fact]
    public void GradCheck_OfAllOpsWithOneBroken_NamesThatOne()
    {
        BertResult result = BertInside.Run("gradcheck", "--break=LayerNorm");
        Assert.Equal(4, result.ExitCode);
        string[] wrong = [.. result.OutputLines.Where(line => line.EndsWith("WRONG", StringComparison.Ordinal))];
        Assert.NotEmpty(wrong);
        Assert.All(wrong, line => Assert.StartsWith("LayerNorm", line));
    }

    [Theory]
    [InlineData("Attention")]
    [InlineData("Gelu")]
    [InlineData("Dropout")]
    public void GradCheck_OfAModelWithABrokenOp_Fails(string op) =>
        Assert.Equal(4, BertInside.Run("gradcheck", "--model", $"--break={op}", "--fault=factor").ExitCode);

    [Theory]
    [InlineData("--op=Softmax", "Attention, CrossEntropy")]
    [InlineData("--break=Softmax", "Attention, CrossEntropy")]
    [InlineData("--break=Relu --model", "--break=Relu changes nothing")]
    [InlineData("--op=Add --break=Linear", "changes nothing")]
    [InlineData("--op=Add --model", "one of them")]
    [InlineData("--op=Add --break=Add --fault=none", "sign, factor, missing-term")]
    public void GradCheck_ThatMakesNoSense_IsOneLine(string flags, string message) =>
        BertInside.Run(["gradcheck", .. flags.Split(' ')]).FailedWith(2, message);
}
