// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace BertManaged.Cli.Tests.Vocab;

/// <summary>bench/Vocab/compare.sh, whose table a guide shows.</summary>
public class CompareTests
{
    [Fact]
    public void Script_WithSpacesInNamesAndOneTextToLearnFrom_PrintsItsTable()
    {
        using var folder = new TemporaryFolder();
        folder.Write("my texts/one text.txt", VocabTests.Text);
        folder.Write("my texts/held out.txt", "the lowest\n");
        BertResult result = Compare(folder, "my texts", "held out.txt").Succeeded();
        Assert.Equal(5, result.OutputLines.Length);
        Assert.All(result.OutputLines, line => Assert.Matches(@" +\d+ pieces  \d\.\d{4} tokens per word  \d \[UNK\] of 2 words$", line));
    }

    [Theory]
    [InlineData("texts", "held.txt", "expected other texts beside 'held.txt' in 'texts' to learn from, found none")]
    [InlineData("texts", "none.txt", "there is no text 'texts/none.txt' to hold out")]
    [InlineData("commas", "held.txt", "has a comma in its name")]
    public void Script_ThatCannotCompare_SaysWhy(string texts, string heldOut, string message)
    {
        using var folder = new TemporaryFolder();
        folder.Write("texts/held.txt", VocabTests.Text);
        folder.Write("commas/held.txt", VocabTests.Text);
        folder.Write("commas/a,b.txt", VocabTests.Text);
        BertResult result = Compare(folder, texts, heldOut);
        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, Assert.Single(result.ErrorLines));
    }

    private static BertResult Compare(TemporaryFolder folder, string texts, string heldOut)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a script of bash");
        Bert bert = new Bert { WorkingDirectory = folder.Path }.WithEnvironment("BERT", Bert.File);
        Process process = bert.Start(
            "bash", Repository.File("bench", "Vocab", "compare.sh"), texts, heldOut,
            Repository.File("samples", "novelists", "vocab.txt"), "40");
        return bert.Finish(process);
    }
}
