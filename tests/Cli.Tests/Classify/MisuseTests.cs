// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Cli.Tests.Classify;

/// <summary>Everything that Google's program was tried with and refused, and what it accepted.</summary>
public class MisuseTests
{
    private static readonly MisuseCase[] Cases =
    [
        new("no do_train, do_eval, do_predict", "--do_eval=false", 2, ["at least one of --do_train, --do_eval and --do_predict"]),
        new("max_seq_length > max_position_embeddings", "--max_seq_length=65", 2, ["--max_seq_length 65", "64 positions"]),
        new("unknown task", "--task_name=qnli", 2, ["qnli", "mrpc, cola, mnli, xnli"]),
        new("task name in odd case is accepted", "--task_name=mRpC", 0, []),
        new("lower-cased model with do_lower_case=false",
            "--do_lower_case=false --init_checkpoint=uncased_L-12_H-768_A-12/bert_model.ckpt", 2,
            ["--do_lower_case=false", "uncased_L-12_H-768_A-12", "pass --do_lower_case=true"]),
        new("cased model with do_lower_case=true", "--do_lower_case=true --init_checkpoint=x/cased_L-12_H-768_A-12/bert_model.ckpt", 2,
            ["--do_lower_case=true", "cased_L-12_H-768_A-12", "pass --do_lower_case=false"]),
        new("small model's name is not checked", "--do_lower_case=false --init_checkpoint=uncased_L-3_H-20_A-4/bert_model.ckpt", 2,
            ["uncased_L-3_H-20_A-4/bert_model.ckpt", "no such file"]),
        new("label not in the list", "--data_dir=label-not-in-list", 3, ["'7'", "row 3", "0", "1"]),
        new("blank line in a TSV", "--data_dir=blank-line", 3, ["dev.tsv", "row 3"]),
        new("row with too few columns", "--data_dir=few-columns", 3, ["dev.tsv", "row 3", "columns"]),
        new("missing data file", "--data_dir=data/nowhere", 2, ["data/nowhere", "dev.tsv"]),
        new("missing init_checkpoint", "--init_checkpoint=model/nothing.ckpt", 2, ["model/nothing.ckpt", "no such file"]),
        new("missing config", "--bert_config_file=model/nothing.json", 2, ["model/nothing.json"]),
        new("missing vocab", "--vocab_file=model/nothing.txt", 2, ["model/nothing.txt"]),
        new("shape mismatch with the checkpoint", "--bert_config_file=hidden-40.json", 3, ["bert/embeddings/", "20]", "40]"]),
        new("hidden size not a multiple of heads", "--bert_config_file=heads-7.json", 2,
            ["heads-7.json", "hidden_size 20", "num_attention_heads 7"]),
        new("XNLI prediction", "--task_name=XNLI --data_dir=data/xnli --do_predict=true", 2, ["test set", "--do_predict"]),
        new("training steps round to 0", "--do_train=true --train_batch_size=64 --num_train_epochs=1.0", 2,
            ["40 examples", "less than one step"]),
        new("init_checkpoint names a directory with a state file", "--init_checkpoint=state", 0, []),
        new("do_eval=yes", "--do_eval=yes", 2, ["--do_eval=yes: expected true, t, 1, false, f or 0"]),
        new("do_eval=T, --nodo_predict, --do_predict (last one wins)", "--do_eval=T --nodo_predict --do_predict", 0, []),
        new("required flag missing", "-task_name", 2, ["--task_name is required"]),
        new("unknown flag", "--no_such_flag=1", 2, ["unknown flag --no_such_flag"]),
        new("ill-formed number", "--eval_batch_size=many", 2, ["--eval_batch_size=many: expected a whole number"]),
        new("ill-formed bool", "--do_eval=maybe", 2, ["--do_eval=maybe: expected true, t, 1, false, f or 0"]),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(misuse => misuse.Name)];

    [Fact]
    public void Cases_AreAllThatGooglesProgramWasTriedWith()
    {
        using JsonDocument golden = JsonDocument.Parse(GoogleRun.Golden("misuse.json"));
        Assert.Equal(golden.RootElement.EnumerateObject().Select(property => property.Name), Cases.Select(misuse => misuse.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Misuse_IsOneLineAndLeavesNoFile_AndWhatIsAcceptedRuns(string name)
    {
        MisuseCase misuse = Cases.Single(one => one.Name == name);
        using var run = new GoogleRun();
        WriteBadFiles(run);
        BertResult result = run.Run(Arguments(misuse.Flags));
        if (misuse.ExitCode == 0)
        {
            Assert.Contains("eval_accuracy = ", result.Succeeded().Output);
            return;
        }

        result.EndedWith(misuse.ExitCode, misuse.Parts);
        string output = run.Folder.At("out");
        Assert.Empty(Directory.Exists(output) ? Directory.EnumerateFileSystemEntries(output) : []);
    }

    [Fact]
    public void PredictedLastFlag_Predicts()
    {
        using var run = new GoogleRun();
        run.Run(Arguments("--do_eval=T --nodo_predict --do_predict")).Succeeded();
        Assert.True(File.Exists(run.Folder.At("out", "test_results.tsv")));
    }

    /// <summary>A flag with one dash in front is left out.</summary>
    private static string[] Arguments(string flags)
    {
        string[] usual =
        [
            "--task_name=MRPC", "--do_eval=true", "--data_dir=data/mrpc", "--vocab_file=model/vocab.txt",
            "--bert_config_file=model/bert_config.json",
            "--init_checkpoint=model/bert_model.ckpt", "--max_seq_length=40", "--output_dir=out",
        ];
        return flags.StartsWith("--", StringComparison.Ordinal)
            ? [.. usual, .. flags.Split(' ')]
            : [.. usual.Where(flag => !flag.StartsWith($"-{flags}", StringComparison.Ordinal))];
    }

    private static void WriteBadFiles(GoogleRun run)
    {
        string[] dev = File.ReadAllLines(run.Folder.At("data", "mrpc", "dev.tsv"));
        WriteDev(run, "label-not-in-list", [.. dev[..2], $"7{dev[2][1..]}", .. dev[3..]]);
        WriteDev(run, "blank-line", [.. dev[..2], "", .. dev[2..]]);
        WriteDev(run, "few-columns", [.. dev[..2], "1\t5\t6", .. dev[2..]]);
        string config = File.ReadAllText(run.Folder.At("model", "bert_config.json"));
        run.Folder.Write("hidden-40.json", config.Replace("\"hidden_size\": 20", "\"hidden_size\": 40", StringComparison.Ordinal));
        run.Folder.Write(
            "heads-7.json", config.Replace("\"num_attention_heads\": 4", "\"num_attention_heads\": 7", StringComparison.Ordinal));
        run.CopyCheckpoint("mrpc", "state");
    }

    private static void WriteDev(GoogleRun run, string name, string[] lines) =>
        run.Folder.Write(Path.Combine(name, "dev.tsv"), string.Concat(lines.Select(line => line + "\n")));

    private sealed record MisuseCase(string Name, string Flags, int ExitCode, string[] Parts);
}
