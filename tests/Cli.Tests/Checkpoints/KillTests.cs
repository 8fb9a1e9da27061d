// SPDX-License-Identifier: Apache-2.0
using System.Text.RegularExpressions;
using BertManaged.Cli.Tests.Pretrain;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>SIGKILL at random moments: the same command goes on, and ends in the bits of a run that nobody killed.
/// BERTMANAGED_KILLS says how often.</summary>
public partial class KillTests
{
    [Theory]
    [InlineData("safetensors")]
    [InlineData("tf")]
    public void FineTuning_KilledAtRandomMoments_EndsInTheSameBits(string form)
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), data = TinyTask.WriteMrpc(folder);
        Check(new KilledRun(folder, output => TinyTask.Arguments(
            model, data, output, "--do_train", "--do_eval", $"--max_steps={KilledRun.Steps}", "--num_train_epochs=1000",
            "--save_checkpoints_steps=4", "--keep_checkpoints=3", $"--checkpoint_format={form}")));
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

        // Nothing is there that the undisturbed run has not, and what is there is the same.
        string[] names = Names(run.Undisturbed);
        Assert.Equal(names, Names(run.Killed));
        Assert.All(names, name => Assert.Equal(Content(run.Undisturbed, name), Content(run.Killed, name)));

        // Nothing partial was ever taken for whole, nor was anything whole found to be partial.
        Assert.All(run.Talk, talk => Assert.DoesNotContain("warning", talk, StringComparison.Ordinal));
        Assert.Contains("Going on after step", run.Talk[^1], StringComparison.Ordinal);
    }

    /// <summary>All of a file, but for the times that steps took.</summary>
    private static byte[] Content(string output, string name)
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(output, name));
        return name == "metrics.jsonl"
            ? System.Text.Encoding.UTF8.GetBytes(Seconds().Replace(System.Text.Encoding.UTF8.GetString(bytes), ""))
            : bytes;
    }

    private static string[] Names(string output) =>
    [
        .. Directory.EnumerateFiles(output, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(path => Path.GetRelativePath(output, path)).Where(IsNoEventFile).Order(StringComparer.Ordinal),
    ];

    /// <summary>Each start has an event file of its own.</summary>
    private static bool IsNoEventFile(string name) => !name.StartsWith("events.out.tfevents.", StringComparison.Ordinal);

    [GeneratedRegex(",\"seconds\":[^}]*")]
    private static partial Regex Seconds();
}
