// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>TensorBoard's files of a run, read by the rules of TFRecord and protobuf alone.</summary>
public class TrainingChartsTests
{
    private const int Version = 3, Summary = 5, SessionLog = 7;

    private static readonly string[] Numbers = ["loss", "learning_rate", "gradient_norm"];

    private static readonly string[] OfPretraining =
        ["masked_lm_loss", "masked_lm_accuracy", "next_sentence_loss", "next_sentence_accuracy"];

    [Fact]
    public void Events_OfPretrainingInTwoParts_HaveEveryStepAndTheNumbersOfMetrics()
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = SmallRun.Write(folder);
        SmallRun.Run(options, log: new StoppingLog { StopAfter = 4 });
        string first = Assert.Single(Files(options.OutputDir));
        SmallRun.Run(options);
        string second = Assert.Single(Files(options.OutputDir), file => file != first);
        ProtoMessage[] before = Read(first), after = Read(second);
        Assert.Equal("brain.Event:2", before[0].Text(Version));
        Assert.Equal((1, 5), (before[1].Number(2), after[1].Number(2)));
        Assert.Equal((1, 1), (before[1].Message(SessionLog).Number(1), after[1].Message(SessionLog).Number(1)));

        ProtoMessage[] events = [.. before[2..], .. after[2..]];
        Assert.Equal(Enumerable.Range(1, 11).Select(step => (long)step), events.Select(e => e.Number(2)));
        string[] lines = File.ReadAllLines(Path.Combine(options.OutputDir, "metrics.jsonl"));
        foreach ((ProtoMessage written, string line) in events.Zip(lines))
        {
            Dictionary<string, float> charts = Charts(written);
            JsonElement metrics = JsonElement.Parse(line);
            Assert.Equal([.. Numbers, "tokens_per_second", .. OfPretraining], charts.Keys);
            Assert.All(
                [.. Numbers, .. OfPretraining], key => Assert.Equal((float)metrics.GetProperty(key).GetDouble(), charts[key]));

            // The log rounds seconds to the sixth place.
            double seconds = metrics.GetProperty("tokens").GetInt32() / (double)charts["tokens_per_second"];
            Assert.Equal(metrics.GetProperty("seconds").GetDouble(), seconds, 1e-6);
        }
    }

    [Fact]
    public void Events_OfFineTuning_HaveNothingOfPretraining()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Run.Options(folder);
        Run.To(options);
        ProtoMessage[] events = Read(Assert.Single(Files(options.OutputDir)))[2..];
        Assert.Equal(Run.Steps, events.Length);
        Assert.All(events, e => Assert.Equal([.. Numbers, "tokens_per_second"], Charts(e).Keys));
    }

    private static string[] Files(string folder) => Directory.GetFiles(folder, "events.out.tfevents.*");

    private static Dictionary<string, float> Charts(ProtoMessage written) =>
        written.Message(Summary).Messages(1).ToDictionary(value => value.Text(1), value => value.Single(2));

    private static ProtoMessage[] Read(string path)
    {
        var events = new List<ProtoMessage>();
        using TFRecordReader reader = TFRecordReader.Open(path);
        while (reader.TryRead(out ReadOnlySpan<byte> record))
        {
            events.Add(new ProtoMessage(record));
        }

        return [.. events];
    }
}
