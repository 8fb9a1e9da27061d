// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli.Tests;

/// <summary>How a run of the program ended.</summary>
internal sealed record BertResult(int ExitCode, string Output, string Error)
{
    public string[] OutputLines => Lines(Output);

    public string[] ErrorLines => Lines(Error);

    /// <summary>It did what it was asked to.</summary>
    public BertResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Error}");
        return this;
    }

    /// <summary>It failed with nothing but one line, which says all of this.</summary>
    public void FailedWith(int exitCode, params string[] parts)
    {
        string line = Assert.Single(ErrorLines);
        CheckLine(exitCode, line, parts);
        Assert.Equal("", Output);
    }

    /// <summary>It failed, perhaps after some talk, with one last line, which says all of this.</summary>
    public void EndedWith(int exitCode, params string[] parts)
    {
        Assert.NotEmpty(ErrorLines);
        Assert.DoesNotContain(ErrorLines[..^1], line => line.StartsWith("bert: ", StringComparison.Ordinal));
        CheckLine(exitCode, ErrorLines[^1], parts);
    }

    private void CheckLine(int exitCode, string line, string[] parts)
    {
        Assert.True(exitCode == ExitCode, $"expected exit code {exitCode}, found {ExitCode}: {Error}");
        Assert.StartsWith("bert: ", line);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
        Assert.DoesNotContain("Exception", line);
        Assert.DoesNotContain("   at ", Error);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
