// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text.RegularExpressions;

namespace BertManaged.Cli.Tests.PretrainData;

/// <summary>What a run takes, as it says itself, beside what was forecast and allowed.</summary>
public partial class MemoryTests
{
    private const string Limit = "--max_memory=145MB";

    // Many examples, and little time and disk for each.
    private static readonly string[] ShortExamples = ["--max_seq_length=16", "--max_predictions_per_seq=2", Limit];

    [Fact]
    public void Streaming_OfATextThatWouldNotFit_KeepsToTheLimit()
    {
        using var folder = new TemporaryFolder();
        WriteText(folder);
        Bert.Run(SmallText.Arguments(folder, ShortExamples)).EndedWith(2, "--streaming");
        BertResult result = Bert.Run(SmallText.Arguments(folder, [.. ShortExamples, "--streaming", "--jobs=2"])).Succeeded();
        Assert.InRange(Megabytes(result), 30, 145);
    }

    [Fact]
    public void Default_WithoutALimit_TakesNoMoreThanForecast()
    {
        using var folder = new TemporaryFolder();
        WriteText(folder);
        string refusal = Bert.Run(SmallText.Arguments(folder, ShortExamples)).ErrorLines[^1];
        double forecast = double.Parse(Forecast().Match(refusal).Groups[1].Value, CultureInfo.InvariantCulture);
        Assert.InRange(Megabytes(Bert.Run(SmallText.Arguments(folder, ShortExamples[..2])).Succeeded()), 0.5 * forecast, forecast);
    }

    // 4 MB: documents of 20 sentences.
    private static void WriteText(TemporaryFolder folder)
    {
        string sentence = "the film was very good , the music was not very good , a dull story it was .\n";
        folder.Write("text.txt", string.Concat(Enumerable.Repeat(string.Concat(Enumerable.Repeat(sentence, 20)) + "\n", 2600)));
    }

    private static double Megabytes(BertResult result) =>
        double.Parse(Peak().Match(result.ErrorLines[^1]).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"take about (\d+) MB")]
    private static partial Regex Forecast();

    [GeneratedRegex(@"(\d+) MB of memory at most")]
    private static partial Regex Peak();
}
