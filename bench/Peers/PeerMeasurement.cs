// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Text.Json;

namespace BertManaged.Peers;

/// <summary>What the steps of a peer took. The first step warms up and does not count, as in <c>bert bench</c>.</summary>
/// <param name="peer">Name and version.</param>
internal sealed class PeerMeasurement(string peer)
{
    private readonly List<double> _milliseconds = [];
    private long _realTokens;
    private double _realFlops, _paddedFlops;
    private int _steps;

    /// <summary>The fastest step so far.</summary>
    public double MinMilliseconds => _milliseconds.Min();

    /// <summary>Measures a step; making its batch is not part of it.</summary>
    /// <param name="batch">What it is about.</param>
    /// <param name="flops">Operations of the peer for sequences of given lengths.</param>
    /// <param name="step">The work, up to a result that is in the caller's memory.</param>
    public void Run(PeerBatch batch, Func<int[], double> flops, Action step)
    {
        var watch = Stopwatch.StartNew();
        step();
        double milliseconds = watch.Elapsed.TotalMilliseconds;
        if (_steps++ == 0)
        {
            return;
        }

        _milliseconds.Add(milliseconds);
        _realTokens += batch.Tokens;
        _realFlops += flops(batch.Lengths);
        _paddedFlops += flops(batch.PaddedLengths);
    }

    /// <summary>One line of JSON, in the keys of <c>bert bench --format json</c> where there is one.</summary>
    public void Print(string settings)
    {
        double seconds = _milliseconds.Sum() / 1000;
        using var process = Process.GetCurrentProcess();
        Console.Out.WriteLine(JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["peer"] = peer,
            ["settings"] = settings,
            ["steps"] = _milliseconds.Count,
            ["median_ms"] = Median(_milliseconds),
            ["min_ms"] = MinMilliseconds,
            ["real_tokens_per_second"] = _realTokens / seconds,
            ["gflops"] = _realFlops / seconds / 1e9,
            ["padded_gflops"] = _paddedFlops / seconds / 1e9,
            ["peak_megabytes"] = process.PeakWorkingSet64 / 1e6,
        }));
    }

    /// <summary>Half are at most this; of an even number the mean of the two in the middle.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
