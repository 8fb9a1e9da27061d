// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

/// <summary>Examples that Google's program wrote, against their content as JSON and against protobuf's deterministic bytes.</summary>
public class ExampleGoldenTests
{
    private const string Folder = "goldens/google/pretrain-data/";

    public static TheoryData<string> Files =>
    [
        "a-readme/examples", "b-wwm/examples", "c-cased/examples", "d-files/examples-0", "d-files/examples-1", "e-chinese/examples",
        "e-chinese-wwm/examples", "f-edge/examples", "f-edge-wwm/examples", "f-onedoc/examples", "g-seed-64bit/examples",
        "g-seed-negative/examples", "g-seed0/examples",
    ];

    [Theory, MemberData(nameof(Files))]
    public void Write_ContentOfGolden_GivesTheSortedFileByteForByte(string name)
    {
        using var stream = new MemoryStream();
        var writer = new TFRecordWriter(stream);
        var encoder = new ExampleEncoder();
        foreach (JsonElement example in Content(name))
        {
            encoder.Clear();
            foreach (JsonProperty feature in example.EnumerateObject())
            {
                AddTo(encoder, feature);
            }

            writer.Write(encoder.Encode());
        }

        Assert.Equal(File.ReadAllBytes(SharedFolder.Path($"{Folder}{name}.sorted.tfrecord")), stream.ToArray());
    }

    [Theory, MemberData(nameof(Files))]
    public void Read_GoldenInEitherOrder_HasItsContent(string name)
    {
        JsonElement[] content = [.. Content(name)];
        foreach (string ending in new[] { ".tfrecord", ".sorted.tfrecord" })
        {
            ExampleParser parser = new(content[0].EnumerateObject().Select(
                f => new FixedLengthFeature(f.Name, IsFloat(f) ? FeatureKind.Float : FeatureKind.Int64, f.Value.GetArrayLength())));
            using var reader = TFRecordReader.Open(SharedFolder.Path($"{Folder}{name}{ending}"));
            foreach (JsonElement example in content)
            {
                Assert.True(reader.TryRead(out ReadOnlySpan<byte> record));
                parser.Parse(record, reader.Place);
                Assert.All(example.EnumerateObject(), feature => AssertSame(feature, parser));
            }

            Assert.False(reader.TryRead(out _));
        }
    }

    private static void AssertSame(JsonProperty feature, ExampleParser parser)
    {
        IEnumerable<double> found = IsFloat(feature)
            ? parser.Floats(feature.Name).ToArray().Select(value => (double)value)
            : parser.Int64(feature.Name).ToArray().Select(value => (double)value);
        Assert.Equal(feature.Value.EnumerateArray().Select(value => value.GetDouble()), found);
    }

    private static void AddTo(ExampleEncoder encoder, JsonProperty feature)
    {
        if (IsFloat(feature))
        {
            encoder.Add(feature.Name, feature.Value.EnumerateArray().Select(value => value.GetSingle()).ToArray());
        }
        else
        {
            encoder.Add(feature.Name, feature.Value.EnumerateArray().Select(value => value.GetInt32()).ToArray());
        }
    }

    private static bool IsFloat(JsonProperty feature) => feature.Name == "masked_lm_weights";

    private static IEnumerable<JsonElement> Content(string name)
    {
        using FileStream file = File.OpenRead(SharedFolder.Path($"{Folder}{name}.jsonl.gz"));
        using var lines = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            yield return JsonDocument.Parse(line).RootElement;
        }
    }
}
