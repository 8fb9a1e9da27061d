// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>What the machine could do at most, measured in turn with what it is compared to: a machine that others use too, or whose clock
/// falls under load, slows both. Why: docs/decisions/0025-a-peak-in-turn.md.</summary>
/// <param name="threads">How many compute.</param>
/// <param name="level">Width of the vectors.</param>
internal sealed class MachinePeak(int threads, SimdLevel level)
{
    /// <summary>Of the loop of multiply-adds, each time.</summary>
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(0.1);

    /// <summary>Of the measured work between two of them, at least.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    private readonly List<FmaRate> _samples = [];
    private TimeSpan _since;

    /// <summary>The median of all times: 10⁹ operations a second.</summary>
    public double GigaFlops
    {
        get
        {
            double[] sorted = [.. _samples.Select(rate => rate.GigaFlops).Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }

    /// <summary>The fastest some milliseconds.</summary>
    public double FastestGigaFlops => _samples.Max(rate => rate.FastestGigaFlops);

    /// <summary>Measures now.</summary>
    public void Measure()
    {
        _samples.Add(FmaPeak.Measure(threads, level, Sample));
        _since = TimeSpan.Zero;
    }

    /// <summary>Measures if that was long ago.</summary>
    /// <param name="work">How long the measured work took since the last call.</param>
    public void MeasureAfter(TimeSpan work)
    {
        _since += work;
        if (_since >= Interval)
        {
            Measure();
        }
    }
}
