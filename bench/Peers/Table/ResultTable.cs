// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using System.Text;

namespace BertManaged.Peers;

/// <summary>The table of results in Markdown.</summary>
internal sealed class ResultTable
{
    private readonly StringBuilder _rows = new(), _facts = new();
    private readonly SortedSet<string> _peers = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    /// <summary>A step, and its memory where that is compared.</summary>
    public void Add(StepPairs pairs)
    {
        _peers.UnionWith(pairs.PeerNames);
        string padded = pairs.HasPadding ? Text($" ({100 * pairs.PeerPaddedShare:F0} % with padding)") : "";
        string shares = pairs.HasShares
            ? Text($"{100 * pairs.OwnShare:F0} % ({100 * pairs.OwnShareOfBurst:F0} %), {100 * pairs.PeerShare:F0} %{padded}")
            : "";
        string times = $"{Time(pairs.OwnMilliseconds)}, {Time(pairs.PeerMilliseconds)}";
        string speed = Text($"{pairs.Speed:F2} ({pairs.SpeedRange.Least:F2} to {pairs.SpeedRange.Most:F2})");
        _rows.AppendLine($"| {pairs.Step.Name} | {pairs.Step.Opponent} | {times} | {speed} | {shares} |");
        if (pairs.Step.HasMemory)
        {
            string megabytes = Text($"{pairs.OwnMegabytes:F0} MB, {pairs.PeerMegabytes:F0} MB");
            _rows.AppendLine($"| its peak memory | {pairs.Step.Opponent} | {megabytes} | {Text($"{pairs.Memory:F2}")} times as little | |");
        }

        if (!pairs.HasShares && pairs.Pairs[^1].Peer.Text("settings") is { Length: > 0 } note)
        {
            _notes.Add($"{pairs.Step.Opponent}: {note}.");
        }
    }

    /// <summary>A number of ours.</summary>
    public void AddFact(string name, string value) => _facts.AppendLine($"| {name} | | {value} | | |");

    /// <summary>The table with what it was measured on and with.</summary>
    public string Markdown(int threads, int pairs)
    {
        var text = new StringBuilder();
        text.AppendLine(Text($"Machine: {Machine.Name}; {threads} threads on both sides."));
        text.AppendLine(Text($"Against {string.Join(", ", _peers)}; {pairs} pairs of runs in turn. Times are medians; the factor is of"));
        text.AppendLine("times alone, the median of the pairs (and their range). Shares are of what a loop of fused multiply-adds does");
        text.AppendLine("in registers, measured in turn with our steps (in brackets: of its fastest milliseconds, which nothing on a");
        text.AppendLine("shared machine goes on at): each side's own matrix products for real tokens. The peers compute all rows of");
        text.AppendLine("the last layer, we those that are read, so one share says nothing about the other.");
        text.AppendLine("How it is measured: [bench/Peers](bench/Peers/README.md).");
        text.AppendLine();
        text.AppendLine("| what | against | time, ours and theirs | times as fast | share of the peak, ours and theirs |");
        text.AppendLine("|---|---|---|---|---|");
        text.Append(_rows).Append(_facts);
        foreach (string note in _notes)
        {
            text.AppendLine().AppendLine(note);
        }

        return text.ToString();
    }

    private static string Time(double milliseconds) => milliseconds < 10 ? Text($"{milliseconds:F2} ms") : Text($"{milliseconds:F0} ms");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
