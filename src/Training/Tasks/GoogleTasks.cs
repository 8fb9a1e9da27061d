// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>The four tasks of Google's run_classifier.py, read as its processors read them.</summary>
/// <remarks>That includes its habits: guids count lines from 0 with the header, test examples carry a made-up label,
/// XNLI reads Chinese only and has no test set.</remarks>
internal static class GoogleTasks
{
    private static readonly string[] Nli = ["contradiction", "entailment", "neutral"];

    public static TsvTask Mrpc { get; } = new("mrpc", "0", "1")
    {
        MetricList = [TaskMetric.F1],
        Train = MrpcLayout("train"),
        Dev = MrpcLayout("dev"),
        Test = MrpcLayout("test") with { LabelOfAll = "0" },
    };

    public static TsvTask Cola { get; } = new("cola", "0", "1")
    {
        MetricList = [TaskMetric.Matthews],
        Train = ColaLayout("train"),
        Dev = ColaLayout("dev"),
        Test = new TsvLayout { File = "test.tsv", Set = "test", TextA = 1, LabelOfAll = "0" },
    };

    public static TsvTask Mnli { get; } = new("mnli", Nli)
    {
        Train = MnliLayout("train"),
        Dev = MnliLayout("dev_matched"),
        Test = MnliLayout("test_matched") with { Set = "test", LabelOfAll = "contradiction" },
    };

    public static TsvTask Xnli { get; } = new("xnli", Nli)
    {
        Train = new TsvLayout
        {
            File = Path.Combine("multinli", "multinli.train.zh.tsv"),
            Set = "train",
            TextA = 0,
            TextB = 1,
            Label = 2,
            Alias = ("contradictory", "contradiction"),
        },
        Dev = new TsvLayout { File = "xnli.dev.tsv", Set = "dev", TextA = 6, TextB = 7, Label = 1, Language = "zh" },
        Test = null,
    };

    private static TsvLayout MrpcLayout(string set) =>
        new() { File = $"{set}.tsv", Set = set, TextA = 3, TextB = 4, Label = 0 };

    private static TsvLayout ColaLayout(string set) =>
        new() { File = $"{set}.tsv", Set = set, TextA = 3, Label = 1, HasHeader = false };

    private static TsvLayout MnliLayout(string set) =>
        new() { File = $"{set}.tsv", Set = set, TextA = 8, TextB = 9, Label = ^1, GuidColumn = 0 };
}
