// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Training.Tests;

/// <summary>Keeps what a run says.</summary>
internal sealed class SilentLog : ITrainingLog
{
    public List<string> Lines { get; } = [];

    public List<string> Warnings { get; } = [];

    public List<StepReport> Steps { get; } = [];

    public void Info(string line) => Lines.Add(line);

    public void Warning(string line) => Warnings.Add(line);

    public void Step(in StepReport report) => Steps.Add(report);
}
