// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests;

/// <summary>Files of a task that <see cref="TinyModel"/> can learn: MRPC's layout, or a table of one's own.</summary>
internal static class TinyTask
{
    private const string MrpcHeader = "Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\n";

    /// <summary>train.tsv, dev.tsv and test.tsv as MRPC has them.</summary>
    /// <returns>The folder.</returns>
    public static string WriteMrpc(TemporaryFolder folder, string name = "data", int trainExamples = 24)
    {
        folder.Write(Path.Combine(name, "train.tsv"), MrpcHeader + Rows(trainExamples));
        folder.Write(Path.Combine(name, "dev.tsv"), MrpcHeader + Rows(5));
        folder.Write(Path.Combine(name, "test.tsv"), "index" + MrpcHeader + Rows(3));
        return folder.At(name);
    }

    /// <summary>train.csv, dev.csv and test.csv with the columns review and verdict.</summary>
    /// <returns>The folder.</returns>
    public static string WriteCsv(TemporaryFolder folder, string name = "data")
    {
        foreach (string set in new[] { "train", "dev", "test" })
        {
            folder.Write(Path.Combine(name, $"{set}.csv"), "verdict,review\n" + string.Concat(Enumerable.Range(0, 8).Select(Review)));
        }

        return folder.At(name);
    }

    /// <summary>The arguments of a run on MRPC's layout, as Google's programs have them.</summary>
    public static string[] Arguments(string model, string data, string output, params string[] more) =>
    [
        "classify", "--task_name=MRPC", $"--data_dir={data}", $"--model={model}", $"--output_dir={output}", "--max_seq_length=16",
        "--train_batch_size=4", .. more,
    ];

    private static string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(Row));

    private static string Row(int i) => i % 2 == 0
        ? $"1\t{i}\t{i + 1}\tThe film was good .\tThe film was very good .\n"
        : $"0\t{i}\t{i + 1}\tThe film was good .\tThe story was dull .\n";

    private static string Review(int i) => i % 2 == 0
        ? "positive,\"The film was good, very good.\"\n"
        : "negative,\"The music was \"\"bad\"\".\"\n";
}
