// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using BertManaged.Text;

namespace BertManaged.Cli;

/// <summary>Turns all lines of a text into ids, again and again.</summary>
/// <param name="tokenizer">Shared by the threads.</param>
/// <param name="lines">The text.</param>
/// <param name="threads">Each takes a run of lines.</param>
internal sealed class TokenizePasses(BertTokenizer tokenizer, string[] lines, int threads)
{
    /// <summary>Until the code that runs is the one that the runtime has optimised.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private readonly List<int>[] _ids = [.. Enumerable.Range(0, threads).Select(_ => new List<int>())];
    private readonly long[] _tokens = new long[threads];

    public Durations Durations { get; } = new();

    public long TokensPerPass => _tokens.Sum();

    public double TokensPerSecond => TokensPerPass * Durations.Count / Durations.TotalSeconds;

    public long AllocatedBytesPerPass { get; private set; }

    /// <summary>Warms up for one pass and half a second at least, then counts.</summary>
    /// <param name="passes">The one that warms up included.</param>
    public void Run(int passes)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            Pass();
        }
        while (watch.Elapsed < WarmUp);

        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 1; i < passes; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Pass();
            Durations.Add(Stopwatch.GetElapsedTime(start));
        }

        AllocatedBytesPerPass = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Durations.Count;
    }

    private void Pass()
    {
        if (threads == 1)
        {
            Encode(0);
        }
        else
        {
            Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => Encode(i)))];
            Array.ForEach(workers, worker => worker.Start());
            Array.ForEach(workers, worker => worker.Join());
        }
    }

    private void Encode(int share)
    {
        int end = Start(share + 1);
        long tokens = 0;
        for (int i = Start(share); i < end; i++)
        {
            _ids[share].Clear();
            tokenizer.Encode(lines[i], _ids[share]);
            tokens += _ids[share].Count;
        }

        _tokens[share] = tokens;
    }

    private int Start(int share) => (int)((long)lines.Length * share / threads);
}
