// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Globalization;

namespace BertManaged.Peers;

/// <summary>Numbers of ours that no peer stands beside.</summary>
/// <param name="options">Of the comparison.</param>
/// <param name="steps">Where command lines come from.</param>
/// <param name="bert">Our program.</param>
/// <param name="folder">For files of the runs.</param>
internal sealed class OwnFacts(PeerOptions options, ComparedSteps steps, string bert, string folder)
{
    private readonly int _pairs = options.Number("pairs", 5);

    /// <summary>What is measured; each gives its text for the table.</summary>
    public IReadOnlyList<(string Name, string? Missing, Func<string> Measure)> All() =>
    [
        ("peak memory of fine-tuning BERT-Large, 4 × 128 tokens, activations computed again", null, LargeMemory),
        ("bytes from the garbage collector a fine-tuning step, MiniLM-L12-H384, 8 × 128 tokens", null, Allocations),
        ("two threads by one, fine-tuning step, BERT-base, 4 × 128 tokens", null, Scaling),
        ("from the start of the program to a predicted row, all-MiniLM-L6-v2", ModelMissing(), StartToPrediction),
    ];

    private string LargeMemory()
    {
        double megabytes = Bench("peak_megabytes", steps.Own("train", "bert-large", 4, 128, "--recompute"));
        return string.Create(CultureInfo.InvariantCulture, $"{megabytes / 1000:F2} GB");
    }

    private string Allocations() => string.Create(
        CultureInfo.InvariantCulture, $"{Bench("allocated_bytes_per_step", steps.Own("train", "minilm-l12", 8, 128)):N0}");

    /// <summary>In turn, as with a peer.</summary>
    private string Scaling()
    {
        string[] arguments = steps.Own("train", "bert-base", 4, 128);
        var ratios = new List<double>();
        for (int i = 0; i < _pairs; i++)
        {
            double one = MeasuredRun.Of(bert, [.. arguments, "--threads", "1"]).Milliseconds;
            ratios.Add(one / MeasuredRun.Of(bert, [.. arguments, "--threads", "2"]).Milliseconds);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{PeerMeasurement.Median(ratios):F2} times as fast");
    }

    private string StartToPrediction()
    {
        string data = Directory.CreateDirectory(Path.Combine(folder, "one-row")).FullName;
        File.WriteAllText(
            Path.Combine(data, "test.tsv"),
            "index\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t1\t2\tIt rained all day .\tThe day was wet .\n");
        var seconds = new List<double>();
        for (int i = 0; i <= _pairs; i++)
        {
            var watch = Stopwatch.StartNew();
            Predict(data);
            seconds.Add(watch.Elapsed.TotalSeconds);
        }

        // The first run brings the files into memory.
        return string.Create(CultureInfo.InvariantCulture, $"{PeerMeasurement.Median(seconds.Skip(1)):F2} s");
    }

    private void Predict(string data)
    {
        string output = Path.Combine(folder, "one-row-output");
        string[] arguments =
        [
            "classify", "--task_name=MRPC", "--do_predict=true", $"--data_dir={data}", $"--model={options.Required("model")}",
            $"--output_dir={output}",
        ];
        MeasuredRun.Output(bert, arguments);
        if (!File.Exists(Path.Combine(output, "test_results.tsv")))
        {
            throw new InvalidOperationException($"{output}: expected test_results.tsv after bert classify --do_predict, found none");
        }
    }

    private double Bench(string key, string[] arguments) => MeasuredRun.Of(bert, arguments).Number(key);

    private string? ModelMissing() => options.Text("model") is not { } path ? "--model is not given"
        : Path.Exists(path) ? null : $"{path} is not there";
}
