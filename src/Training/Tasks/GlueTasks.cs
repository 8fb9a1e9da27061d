// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training;

/// <summary>Tasks of GLUE (Wang et al. 2018) that Google's program leaves out, in the layout of the GLUE download.</summary>
/// <remarks>The order of labels is that of the task's page and of Hugging Face's processors, so that models agree.</remarks>
internal static class GlueTasks
{
    public static TsvTask Sst2 { get; } = new("sst-2", "0", "1")
    {
        Train = Sst2Layout("train"),
        Dev = Sst2Layout("dev"),
        Test = new TsvLayout { File = "test.tsv", Set = "test", TextA = 1, NoLabels = true },
    };

    public static TsvTask Rte { get; } = new("rte", "entailment", "not_entailment")
    {
        Train = RteLayout("train"),
        Dev = RteLayout("dev"),
        Test = RteLayout("test") with { NoLabels = true },
    };

    public static TsvTask StsB { get; } = new("sts-b")
    {
        MetricList = [TaskMetric.Pearson, TaskMetric.Spearman],
        Train = StsBLayout("train"),
        Dev = StsBLayout("dev"),
        Test = StsBLayout("test") with { NoLabels = true },
    };

    private static TsvLayout Sst2Layout(string set) =>
        new() { File = $"{set}.tsv", Set = set, TextA = 0, Label = 1 };

    private static TsvLayout RteLayout(string set) =>
        new() { File = $"{set}.tsv", Set = set, TextA = 1, TextB = 2, Label = 3 };

    private static TsvLayout StsBLayout(string set) =>
        new() { File = $"{set}.tsv", Set = set, TextA = 7, TextB = 8, Label = 9 };
}
