// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Peers;

/// <summary>Measures everything in turn, prints it as it comes, and writes the table.</summary>
internal static class Comparison
{
    /// <summary>The document is left as it is where only some rows were asked for, or a run failed.</summary>
    public static int Run(PeerOptions options)
    {
        string folder = options.Text("folder") ?? Path.Combine(Path.GetTempPath(), "bertmanaged-peers");
        Directory.CreateDirectory(folder);
        string bert = options.Required("bert"), rows = options.Text("rows") ?? "";
        string record = options.Text("record") ?? Path.Combine(folder, "runs.jsonl");
        var steps = new ComparedSteps(options, folder);
        steps.Prepare();
        var table = new ResultTable();
        bool isWhole = true;
        foreach (ComparedStep step in steps.All().Where(step => step.Name.Contains(rows, StringComparison.OrdinalIgnoreCase)))
        {
            isWhole &= Attempt($"{step.Name}, against {step.Opponent}", step.Missing, () => Measure(options, step, table, record));
        }

        var facts = new OwnFacts(options, steps, bert, folder);
        foreach (var (name, missing, measure) in facts.All().Where(fact => fact.Name.Contains(rows, StringComparison.OrdinalIgnoreCase)))
        {
            isWhole &= Attempt(name, missing, () =>
            {
                string value = measure();
                Console.Out.WriteLine($"{name}: {value}");
                table.AddFact(name, value);
            });
        }

        string text = table.Markdown(options.Number("threads", 2), options.Number("pairs", 5));
        Console.Out.WriteLine(text);
        if (options.Text("readme") is { } readme && isWhole && rows.Length == 0)
        {
            ReadmeTable.Replace(readme, text);
        }

        return isWhole ? 0 : 1;
    }

    private static void Measure(PeerOptions options, ComparedStep step, ResultTable table, string record)
    {
        StepPairs pairs = StepPairs.Run(
            step, options.Required("bert"), options.Required("peer"), options.Number("pairs", 5),
            line => File.AppendAllText(record, line + "\n"));
        string result = FormattableString.Invariant(
            $"{pairs.Speed:F2} times as fast, {pairs.OwnMilliseconds:F1} and {pairs.PeerMilliseconds:F1} ms");
        Console.Out.WriteLine($"{step.Name}, against {step.Opponent}: {result}");
        table.Add(pairs);
    }

    /// <returns>False where it failed; a row that lacks its data is named and left out.</returns>
    private static bool Attempt(string name, string? missing, Action measure)
    {
        if (missing is not null)
        {
            Console.Error.WriteLine($"skipped: {name}: {missing}");
            return true;
        }

        try
        {
            measure();
            return true;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"failed: {name}: {e.Message}");
            return false;
        }
    }
}
