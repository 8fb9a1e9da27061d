// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests.Arguments;

public class HelpTests
{
    private static readonly string[] Verbs =
    [
        "vocab", "pretrain-data", "pretrain", "fill-mask", "classify", "tokenize", "inspect", "export", "gradcheck", "bench", "devices",
        "quickstart",
    ];

    [Theory]
    [InlineData]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Program_WithoutVerb_PrintsAnOverview(params string[] arguments)
    {
        BertResult result = Bert.Run(arguments).Succeeded();
        Assert.All(Verbs, verb => Assert.Contains(result.OutputLines, line => line.StartsWith(verb, StringComparison.Ordinal)));
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Version_IsPrinted() =>
        Assert.Matches(@"^bert \d+\.\d+\.\d+\S*$", Assert.Single(Bert.Run("--version").Succeeded().OutputLines));

    [Theory]
    [InlineData("classify", "--do_train", "[32]")]
    [InlineData("run_classifier", "--learning_rate=X", "[5e-5]")]
    [InlineData("tokenize", "--vocab_file=FILE", "(required)")]
    [InlineData("vocab", "--vocab_size=N", "[30000]", "--input_file=FILES", "(or --jobs)", "--format=text|json")]
    [InlineData("pretrain-data", "--jobs=N", "(or --threads)", "(or --seed) [12345]")]
    [InlineData("fill-mask", "--top_k=N", "[5]", "--model=PATH")]
    [InlineData("inspect", "gradients", "inspect VERB")]
    [InlineData("inspect weights", "MODEL", "--format")]
    [InlineData("inspect forward", "--ids", "[cpu]")]
    [InlineData("inspect gradients", "--task=classify|regression|masked-lm|pretrain", "--batch")]
    [InlineData("gradcheck", "--fault=sign|factor|missing-term", "--break")]
    [InlineData("devices", "--format", "bert devices")]
    public void Help_OfAVerb_HasItsFlagsAndDefaults(string verb, params string[] parts)
    {
        BertResult result = BertInside.Run([.. verb.Split(' '), "--help"]).Succeeded();
        Assert.All(parts, part => Assert.Contains(part, result.Output, StringComparison.Ordinal));
        Assert.Equal("", result.Error);
    }

    [Fact]
    public void Help_BesideWrongValues_StillHelps() =>
        Assert.Contains("--do_train", Bert.Run("classify", "--seed=x", "--help").Succeeded().Output);
}
