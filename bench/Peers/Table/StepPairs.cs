// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>What pairs of runs of a step say: ours and the quickest peer's, one after the other, so that what slows the machine slows both.
/// </summary>
/// <param name="Step">What was measured.</param>
/// <param name="Pairs">The runs.</param>
internal sealed record StepPairs(ComparedStep Step, IReadOnlyList<(MeasuredRun Own, MeasuredRun Peer)> Pairs)
{
    /// <summary>How many times as quick as the peer we are, by time alone: the median of the pairs.</summary>
    public double Speed => PeerMeasurement.Median(Speeds);

    /// <summary>The slowest and the quickest pair.</summary>
    public (double Least, double Most) SpeedRange => (Speeds.Min(), Speeds.Max());

    public double OwnMilliseconds => Median(pair => pair.Own.Milliseconds);

    public double PeerMilliseconds => Median(pair => pair.Peer.Milliseconds);

    /// <summary>The peer's peak memory by ours.</summary>
    public double Memory => Median(pair => pair.Peer.Number("peak_megabytes") / pair.Own.Number("peak_megabytes"));

    public double OwnMegabytes => Median(pair => pair.Own.Number("peak_megabytes"));

    public double PeerMegabytes => Median(pair => pair.Peer.Number("peak_megabytes"));

    /// <summary>Whether work was counted in operations.</summary>
    public bool HasShares => Pairs.All(pair => pair.Own.GigaFlops > 0);

    public double OwnShare => Median(pair => pair.Own.GigaFlops / pair.Own.Number("peak_gflops"));

    /// <summary>By the fastest some milliseconds of the loop of multiply-adds.</summary>
    public double OwnShareOfBurst => Median(pair => pair.Own.GigaFlops / pair.Own.Number("peak_burst_gflops"));

    /// <summary>Of what the peer computes for real tokens, by the peak that was measured in turn with our steps, just before.</summary>
    public double PeerShare => Median(pair => pair.Peer.GigaFlops / pair.Own.Number("peak_gflops"));

    /// <summary>Of all that the peer computes.</summary>
    public double PeerPaddedShare => Median(pair => pair.Peer.PaddedGigaFlops / pair.Own.Number("peak_gflops"));

    /// <summary>Whether the peer computed more than real tokens.</summary>
    public bool HasPadding => Pairs.Any(pair => pair.Peer.PaddedGigaFlops > pair.Peer.GigaFlops);

    /// <summary>Names and versions of the peers that were the quickest.</summary>
    public IEnumerable<string> PeerNames => Pairs.Select(pair => pair.Peer.Text("peer")).Distinct();

    private IEnumerable<double> Speeds => Pairs.Select(pair => pair.Peer.Milliseconds / pair.Own.Milliseconds);

    private double Median(Func<(MeasuredRun Own, MeasuredRun Peer), double> value) => PeerMeasurement.Median(Pairs.Select(value));

    /// <summary>Runs the pairs.</summary>
    /// <param name="step">What to measure.</param>
    /// <param name="bert">Our program.</param>
    /// <param name="peer">The peers' program.</param>
    /// <param name="pairs">How many.</param>
    /// <param name="record">Told each line that a run printed.</param>
    public static StepPairs Run(ComparedStep step, string bert, string peer, int pairs, Action<string> record)
    {
        var runs = new List<(MeasuredRun, MeasuredRun)>();
        for (int i = 0; i < pairs; i++)
        {
            MeasuredRun own = MeasuredRun.Of(bert, step.Own);
            MeasuredRun[] peers = [.. step.Peers.Select(arguments => MeasuredRun.Of(peer, arguments))];
            record(own.Json);
            Array.ForEach(peers, run => record(run.Json));
            runs.Add((own, peers.MinBy(run => run.Milliseconds)!));
        }

        return new StepPairs(step, runs);
    }
}
