// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;
using BertManaged.Cli.Tests.Pretrain;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>SIGKILL at random moments: the same command goes on, and ends in the bits of a run that nobody killed.
/// BERTMANAGED_KILLS says how often.</summary>
public partial class KillTests
{
    private static readonly string[] Exact =
    [
        "model.safetensors", "config.json", "vocab.txt", "eval_results.txt", $"checkpoint-{KilledRun.Steps}/model.safetensors",
        $"checkpoint-{KilledRun.Steps}/optimizer.safetensors", $"checkpoint-{KilledRun.Steps}/training_state.json",
    ];

    [Fact]
    public void FineTuning_KilledAtRandomMoments_EndsInTheSameBits()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteMrpc(folder);
        Check(new KilledRun(folder, output => TinyTask.Arguments(
            model, data, output, "--do_train", "--do_eval", $"--max_steps={KilledRun.Steps}", "--num_train_epochs=1000",
            "--save_checkpoints_steps=4", "--keep_checkpoints=3")));
    }

    [Fact]
    public void PreTraining_KilledAtRandomMoments_EndsInTheSameBits()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), input = TinyPretraining.WriteExamples(folder);
        Check(new KilledRun(folder, output => TinyPretraining.Arguments(
            model, input, output, "--do_train", "--do_eval", $"--num_train_steps={KilledRun.Steps}", "--gradient_accumulation_steps=2",
            "--save_checkpoints_steps=4", "--keep_checkpoints=3")));
    }

    private static void Check(KilledRun run)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kills processes as Unix does");
        run.Run();

        Assert.All(Exact, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(run.Undisturbed, name)), File.ReadAllBytes(Path.Combine(run.Killed, name))));
        Assert.Equal(WithoutTimes(run.Undisturbed), WithoutTimes(run.Killed));
        Assert.Equal(Names(run.Undisturbed), Names(run.Killed));

        // Nothing partial was ever taken for whole, nor was anything whole found to be partial.
        Assert.All(run.Talk, talk => Assert.DoesNotContain("warning", talk, StringComparison.Ordinal));
        Assert.Contains("Going on after step", run.Talk[^1], StringComparison.Ordinal);
    }

    private static string[] WithoutTimes(string output) =>
        [.. File.ReadAllLines(Path.Combine(output, "metrics.jsonl")).Select(line => Seconds().Replace(line, ""))];

    private static string[] Names(string output) =>
    [
        .. Directory.EnumerateFileSystemEntries(output, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(output, path)).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(",\"seconds\":[^}]*")]
    private static partial Regex Seconds();
}
