// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace BertManaged.Cli.Tests.Checkpoints;

/// <summary>A training command that is killed again and again and started again each time, and the same command undisturbed.</summary>
/// <param name="folder">Where both write.</param>
/// <param name="arguments">The command; it is given an output folder.</param>
internal sealed class KilledRun(TemporaryFolder folder, Func<string, string[]> arguments)
{
    private const string Variable = "BERTMANAGED_KILLS";

    private const int MostSteps = 12, MostMilliseconds = 20, Sigkill = 128 + 9;

    private readonly Random _random = new(11);

    /// <summary>Output of the command that nobody killed.</summary>
    public string Undisturbed { get; } = folder.At("undisturbed");

    /// <summary>Output of the one that was killed.</summary>
    public string Killed { get; } = folder.At("killed");

    /// <summary>What each start said on standard error, the undisturbed one's left out.</summary>
    public List<string> Talk { get; } = [];

    /// <summary>How often to kill: few times in everyday's tests, more where the environment says so.</summary>
    public static int Kills { get; } = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "3");

    /// <summary>Steps that a run should have, so that it is not through before it was killed so often.</summary>
    public static int Steps { get; } = 20 + (25 * Kills);

    /// <summary>Runs both.</summary>
    public void Run()
    {
        BertInside.Run(arguments(Undisturbed)).Succeeded();
        for (int i = 0; i < Kills; i++)
        {
            KillOnTheWay();
        }

        Talk.Add(Bert.Run(arguments(Killed)).Succeeded().Error);
    }

    /// <summary>Starts it, lets it come further than before, and kills it at a random moment after that: in the middle of a step, or of a
    /// checkpoint.</summary>
    private void KillOnTheWay()
    {
        int further = LinesOfMetrics() + _random.Next(1, MostSteps);
        var bert = new Bert();
        Process process = bert.Start(arguments(Killed));
        var watch = Stopwatch.StartNew();
        while (LinesOfMetrics() < further)
        {
            Assert.False(process.HasExited, "it ended before it was killed");
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "it never trained");
            Thread.Sleep(1);
        }

        Thread.Sleep(_random.Next(MostMilliseconds));
        process.Kill();
        BertResult result = bert.Finish(process);
        Assert.Equal(Sigkill, result.ExitCode);
        Talk.Add(result.Error);
    }

    private int LinesOfMetrics()
    {
        string path = Path.Combine(Killed, "metrics.jsonl");
        return File.Exists(path) ? File.ReadLines(path).Count() : 0;
    }
}
