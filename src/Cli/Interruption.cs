// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Cli;

/// <summary>Ctrl-C and SIGTERM while a run is on: the first asks it to stop, a second one ends the program at once.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>What is said of a run that finishes the step it is in, and saves.</summary>
    public const string AfterThisStep = "stopping after this step";

    /// <summary>The last word of a run that leaves nothing.</summary>
    public const string NothingWritten = "bert: interrupted; nothing was written";

    private readonly CancellationTokenSource _stop = new();
    private readonly string _notice;
    private readonly PosixSignalRegistration _interrupt, _terminate;
    private int _signals;

    /// <param name="notice">What is said when the first signal comes.</param>
    public Interruption(string notice = "stopping")
    {
        _notice = notice;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>What the program should return once it was interrupted.</summary>
    public int Code { get; private set; } = ExitCode.Interrupted;

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Code = context.Signal == PosixSignal.SIGTERM ? ExitCode.Terminated : ExitCode.Interrupted;
        if (Interlocked.Increment(ref _signals) > 1)
        {
            Environment.Exit(Code);
        }

        if (!Console.IsErrorRedirected)
        {
            // Not into the progress line.
            Console.Error.WriteLine();
        }

        Console.Error.WriteLine($"{_notice}; a second signal ends at once");
        _stop.Cancel();
    }
}
