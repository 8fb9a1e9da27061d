// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>SIGKILL at random moments: the same command goes on, and ends in the bits of a run that nobody killed.
/// BERTMANAGED_KILLS says how often.</summary>
public partial class KillTests
{
    private static readonly string Last = $"{KilledRun.Steps}";

    public static TheoryData<string, string[]> Forms => new()
    {
        {
            "safetensors",
            [
                "model.safetensors", "config.json", "vocab.txt", $"checkpoint-{Last}/model.safetensors",
                $"checkpoint-{Last}/optimizer.safetensors", $"checkpoint-{Last}/training_state.json",
            ]
        },
        {
            "tf",
            [
                "config.json", "vocab.txt", "checkpoint", $"model.ckpt-{Last}.index", $"model.ckpt-{Last}.data-00000-of-00001",
                $"model.ckpt-{Last}.training_state.json",
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void FineTuning_KilledAtRandomMoments_EndsInTheSameBits(string form, string[] exact)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kills processes as Unix does");
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteMrpc(folder);
        var run = new KilledRun(folder, output => TinyTask.Arguments(
            model, data, output, "--do_train", "--do_eval", $"--max_steps={KilledRun.Steps}", "--num_train_epochs=1000",
            "--save_checkpoints_steps=4", "--keep_checkpoints=3", $"--checkpoint_format={form}"));
        run.Run();

        Assert.All(["eval_results.txt", .. exact], name => Assert.Equal(
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
