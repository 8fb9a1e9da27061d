// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Cli;

/// <summary>How long the repetitions of something took.</summary>
internal sealed class Durations
{
    private readonly List<TimeSpan> _all = [];

    public int Count => _all.Count;

    public double TotalSeconds => _all.Sum(duration => duration.TotalSeconds);

    public double MinMilliseconds => _all.Min().TotalMilliseconds;

    /// <summary>Half are at most this; of an even number the mean of the two in the middle.</summary>
    public double MedianMilliseconds
    {
        get
        {
            TimeSpan[] sorted = [.. _all.Order()];
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]).TotalMilliseconds / 2;
        }
    }

    public void Add(TimeSpan duration) => _all.Add(duration);
}
