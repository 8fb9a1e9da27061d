// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>Keeps what a run says, and asks it to stop after a step.</summary>
internal sealed class StoppingLog : ITrainingLog
{
    public CancellationTokenSource Stop { get; } = new();

    public int? StopAfter { get; set; }

    public List<string> Lines { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<long> Steps { get; } = [];

    public void Info(string line) => Lines.Add(line);

    public void Warning(string line) => Warnings.Add(line);

    public void Step(in StepReport report)
    {
        Steps.Add(report.Step);
        if (report.Step == StopAfter)
        {
            Stop.Cancel();
        }
    }
}
