// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;

namespace BertManaged.Cli.Tests.Vocab;

/// <summary>Ctrl-C and SIGTERM while it reads.</summary>
public class InterruptionTests
{
    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void Signal_WhileItReads_LeavesNothingAndSaysSo(string signal, int exitCode)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "sends signals");
        using var folder = new TemporaryFolder();
        Start("mkfifo", folder.At("text"));
        var bert = new Bert { WorkingDirectory = folder.Path };
        Process process = bert.Start(["vocab", "--input_file=text", "--output_file=vocab.txt"]);

        // Opens when the program does, which then waits for more than a block of text.
        using (var text = new FileStream(folder.At("text"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            Start("kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture));
            Assert.Equal("stopping; a second signal ends at once", process.StandardError.ReadLine());
            text.Write("some words\n"u8);
        }

        bert.Finish(process).FailedWith(exitCode, "interrupted", "nothing was written");
        Assert.Equal([folder.At("text")], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static void Start(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
