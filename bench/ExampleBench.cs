// SPDX-License-Identifier: Apache-2.0
using BenchmarkDotNet.Attributes;
using BertManaged.Formats;

namespace BertManaged.Bench;

/// <summary>The examples of pre-training (seven features, 128 positions, 20 predictions) to bytes, to a file of records and back, on
/// one thread. Times are for one example.</summary>
[MemoryDiagnoser]
public class ExampleBench
{
    private const int Examples = 10_000, Positions = 128, Predictions = 20;

    private static readonly FixedLengthFeature[] Features =
    [
        new("input_ids", FeatureKind.Int64, Positions), new("input_mask", FeatureKind.Int64, Positions),
        new("segment_ids", FeatureKind.Int64, Positions), new("masked_lm_positions", FeatureKind.Int64, Predictions),
        new("masked_lm_ids", FeatureKind.Int64, Predictions), new("masked_lm_weights", FeatureKind.Float, Predictions),
        new("next_sentence_labels", FeatureKind.Int64, 1),
    ];

    private readonly ExampleEncoder _encoder = new();
    private readonly ExampleParser _parser = new(Features);
    private readonly Dictionary<string, int[]> _ints = [];
    private readonly float[] _weights = [.. Enumerable.Repeat(1f, Predictions)];
    private string _folder = "";

    private string File => Path.Combine(_folder, "examples.tfrecord");

    [GlobalSetup]
    public void DrawNumbers()
    {
        _folder = Directory.CreateTempSubdirectory("bertmanaged-bench-").FullName;
        var random = new Random(1);
        foreach (FixedLengthFeature feature in Features.Where(feature => feature.Kind == FeatureKind.Int64))
        {
            int most = feature.Name.EndsWith("ids", StringComparison.Ordinal) && feature.Name != "segment_ids" ? 30522 : 2;
            _ints[feature.Name] = [.. Enumerable.Range(0, feature.Length).Select(_ => random.Next(most))];
        }

        Write();
    }

    [GlobalCleanup]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Benchmark(OperationsPerInvoke = Examples)]
    public long Encode()
    {
        long bytes = 0;
        for (int i = 0; i < Examples; i++)
        {
            bytes += EncodeOne().Length;
        }

        return bytes;
    }

    [Benchmark(OperationsPerInvoke = Examples)]
    public void Write() => AtomicFile.Write(File, stream =>
    {
        var records = new TFRecordWriter(stream);
        for (int i = 0; i < Examples; i++)
        {
            records.Write(EncodeOne());
        }
    });

    [Benchmark(OperationsPerInvoke = Examples)]
    public long ReadAndParse()
    {
        using var reader = TFRecordReader.Open(File);
        long sum = 0;
        while (reader.TryRead(out ReadOnlySpan<byte> record))
        {
            _parser.Parse(record, reader.Place);
            sum += _parser.Int64("input_ids")[1];
        }

        return sum;
    }

    private ReadOnlySpan<byte> EncodeOne()
    {
        _encoder.Clear();
        foreach ((string name, int[] values) in _ints)
        {
            _encoder.Add(name, values);
        }

        _encoder.Add("masked_lm_weights", _weights);
        return _encoder.Encode();
    }
}
