// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Text;

namespace BertManaged.Cli.Tests;

/// <summary>Starts the built program, of the same configuration as these tests.</summary>
internal sealed class Bert
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(5);

    private static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private readonly Dictionary<string, string> _environment = [];

    /// <summary>Where the program is.</summary>
    public static string File { get; } =
        Repository.File("artifacts", "bin", "Cli", Configuration, OperatingSystem.IsWindows() ? "bert.exe" : "bert");

    /// <summary>What it reads from standard input.</summary>
    public byte[] Input { get; init; } = [];

    /// <summary>Where it runs; null for the folder of the tests.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Runs it to its end with nothing special about it.</summary>
    public static BertResult Run(params string[] arguments) => new Bert().RunWith(arguments);

    /// <summary>Runs it with a text on its standard input.</summary>
    public static BertResult RunOn(string input, params string[] arguments) =>
        new Bert { Input = Encoding.UTF8.GetBytes(input) }.RunWith(arguments);

    public Bert WithEnvironment(string name, string value)
    {
        _environment[name] = value;
        return this;
    }

    /// <summary>Runs it to its end.</summary>
    public BertResult RunWith(params string[] arguments) => Finish(Start(arguments));

    /// <summary>Starts it; the caller waits for it by <see cref="Finish"/>.</summary>
    public Process Start(params string[] arguments) => Start(File, arguments);

    /// <summary>Starts another program that will become ours: a shell.</summary>
    public Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = WorkingDirectory ?? "",
        };
        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Gives it its input and waits until it ends.</summary>
    public BertResult Finish(Process process)
    {
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            Feed(process);
            if (!process.WaitForExit(LongestRun))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"bert did not end within {LongestRun}");
            }

            return new BertResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
    }

    private void Feed(Process process)
    {
        try
        {
            process.StandardInput.BaseStream.Write(Input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code says why.
        }
    }
}
