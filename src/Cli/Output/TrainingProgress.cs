// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The talk of a run on standard error: on a terminal a progress line that is written over, else a line every few
/// seconds.</summary>
/// <param name="error">Standard error.</param>
/// <param name="isRedirected">Whether it is no terminal.</param>
/// <param name="maxSteps">Where the run ends before its schedule does; null for the whole schedule.</param>
internal sealed class TrainingProgress(TextWriter error, bool isRedirected, int? maxSteps) : ITrainingLog, IDisposable
{
    private const string ClearLine = "\r\u001b[K";

    private static readonly TimeSpan BetweenLines = TimeSpan.FromSeconds(5), BetweenUpdates = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _sinceShown = new();
    private readonly Stopwatch _training = new();
    private long _firstStep, _tokens;
    private bool _lineIsOpen;

    public void Info(string line)
    {
        CloseLine();
        error.WriteLine(line);
    }

    public void Warning(string line) => Info($"warning: {line}");

    public void Step(in StepReport report)
    {
        long last = Math.Min(report.TotalSteps, maxSteps ?? report.TotalSteps);
        if (!_training.IsRunning)
        {
            // The first step warms up: the rate is that of the steps after it.
            _firstStep = report.Step;
            _training.Start();
            Show(report, last);
            return;
        }

        _tokens += report.Tokens;
        if (_sinceShown.Elapsed >= (isRedirected ? BetweenLines : BetweenUpdates) || report.Step == last)
        {
            Show(report, last);
        }
    }

    public void Dispose() => CloseLine();

    private void Show(in StepReport report, long last)
    {
        _sinceShown.Restart();
        string line = Line(report, last);
        if (isRedirected)
        {
            error.WriteLine(line);
        }
        else
        {
            error.Write(ClearLine + line);
            _lineIsOpen = true;
        }
    }

    private string Line(in StepReport report, long last)
    {
        string begin = string.Create(CultureInfo.InvariantCulture, $"step {report.Step}/{last}  loss {report.Loss:F4}{Tasks(report)}");
        long timed = report.Step - _firstStep;
        if (timed == 0)
        {
            return begin;
        }

        double seconds = _training.Elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds(Math.Ceiling(seconds / timed * (last - report.Step)));
        return string.Create(CultureInfo.InvariantCulture, $"{begin}  {_tokens / seconds:N0} tokens/s  {Clock(left)} left");
    }

    /// <summary>Loss and accuracy of both tasks of pre-training.</summary>
    private static string Tasks(in StepReport report)
    {
        if (report.Pretraining is not { } scores)
        {
            return "";
        }

        string masked = string.Create(CultureInfo.InvariantCulture, $"  mlm {scores.MaskedLmLoss:F3} {scores.MaskedLmAccuracy:P1}");
        return scores is { NextSentenceLoss: { } loss, NextSentenceAccuracy: { } accuracy }
            ? string.Create(CultureInfo.InvariantCulture, $"{masked}  nsp {loss:F3} {accuracy:P1}")
            : masked;
    }

    private static string Clock(TimeSpan left) => left.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}:{left.Minutes:00}:{left.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}:{left.Seconds:00}");

    private void CloseLine()
    {
        if (_lineIsOpen)
        {
            error.WriteLine();
            _lineIsOpen = false;
        }
    }
}
