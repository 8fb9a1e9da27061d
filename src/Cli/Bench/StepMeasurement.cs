// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;

namespace BertManaged.Cli;

/// <summary>What the steps of a run took, the first one left out.</summary>
internal sealed class StepMeasurement
{
    /// <summary>Of each step.</summary>
    public Durations Durations { get; } = new();

    /// <summary>Real tokens of all steps.</summary>
    public long Tokens { get; private set; }

    /// <summary>Operations of all steps.</summary>
    public double Flops { get; private set; }

    /// <summary>Bytes that all threads allocated from the garbage collector in all steps.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>What came out of the last step.</summary>
    public double Outcome { get; private set; }

    /// <summary>Runs the steps. Neither the making of a batch nor the looking at counters is part of a step.</summary>
    /// <param name="options">How many, of what.</param>
    /// <param name="model">What the batches have to fit.</param>
    /// <param name="step">The work.</param>
    /// <param name="peak">Measured in turn with the steps.</param>
    /// <param name="onWarm">Called when the first step is done.</param>
    public static StepMeasurement Run(BenchOptions options, BenchModel model, IBenchStep step, MachinePeak peak, Action onWarm)
    {
        var measurement = new StepMeasurement();
        WarmUp(step, BenchBatch.Draw(options, model, 0));
        onWarm();
        peak.Measure();
        for (int i = 1; i < options.Steps; i++)
        {
            peak.MeasureAfter(measurement.Add(step, BenchBatch.Draw(options, model, i), i));
        }

        return measurement;
    }

    /// <summary>The first step, twice: the backend learns in it how much memory a step needs, and the next one gets it anew.</summary>
    private static void WarmUp(IBenchStep step, BenchBatch batch)
    {
        step.Run(batch, 0);
        step.Run(batch, 0);
    }

    private TimeSpan Add(IBenchStep step, BenchBatch batch, int number)
    {
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        Outcome = step.Run(batch, number);
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        Durations.Add(duration);
        AllocatedBytes += GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Tokens += batch.Tokens;
        Flops += step.Flops(batch);
        return duration;
    }
}
