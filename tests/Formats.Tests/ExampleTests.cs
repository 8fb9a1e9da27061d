// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using BertManaged.Testing;
using Google.Protobuf;

namespace BertManaged.Formats.Tests;

public class ExampleTests
{
    private static readonly TFRecordPlace Place = new("train.tfrecord", 3, 4567);

    // By hand from example.proto and feature.proto:
    // { features: { "a": int64 [1, -1, 300, 0], "b": float [1.5], "c": bytes ["xy", ""], "d": int64 [] }}.
    private const string Hand =
        "0A40"
        + "0A17" + "0A0161" + "1212" + "1A10" + "0A0E" + "01" + "FFFFFFFFFFFFFFFFFF01" + "AC02" + "00"
        + "0A0D" + "0A0162" + "1208" + "1206" + "0A04" + "0000C03F"
        + "0A0D" + "0A0163" + "1208" + "0A06" + "0A027879" + "0A00"
        + "0A07" + "0A0164" + "1202" + "1A00";

    [Fact]
    public void Encode_OtherNamesThanBefore_AreThoseThatWereAdded()
    {
        // The second name of the third example is equal to that of the second, and another object.
        string[][] examples = [["a", "b"], ["b", "c"], ["b", new string('c', 1)], ["b", "a", "d"], ["a"], ["é", "a", "d", "b"]];
        ExampleEncoder encoder = new();
        foreach (string[] names in examples)
        {
            ExampleEncoder fresh = new();
            encoder.Clear();
            for (int i = 0; i < names.Length; i++)
            {
                encoder.Add(names[i], [i]);
                fresh.Add(names[i], [i]);
            }

            Assert.Equal(fresh.Encode().ToArray(), encoder.Encode().ToArray());
        }
    }

    [Fact]
    public void Encode_EveryKind_HasTheBytesWorkedOutByHand()
    {
        var encoder = new ExampleEncoder();
        for (int round = 0; round < 2; round++)
        {
            encoder.Clear();
            encoder.Add("d", Array.Empty<int>());
            encoder.Add("c", "xy"u8.ToArray(), Array.Empty<byte>());
            encoder.Add("a", new long[] { 1, -1, 300, 0 });
            encoder.Add("b", new[] { 1.5f });
            Assert.Equal(Hand, Convert.ToHexString(encoder.Encode()));
        }
    }

    [Fact]
    public void Encode_IntsAndLongs_AreWhatProtobufWrites()
    {
        // Around every length, and any others.
        var random = new Random(7);
        int[] values =
        [
            0, 1, -1, int.MinValue, int.MaxValue,
            .. Enumerable.Range(1, 30).SelectMany(bits => new[] { (1 << bits) - 1, 1 << bits }),
            .. Enumerable.Range(0, 1000).Select(_ => random.Next() >> random.Next(31)),
        ];
        using MemoryStream expected = new();
        using (CodedOutputStream output = new(expected, leaveOpen: true))
        {
            Array.ForEach(values, value => output.WriteInt64(value));
        }

        byte[] example = Bytes(e => e.Add("a", values));
        Assert.True(example.AsSpan().EndsWith(expected.ToArray()));
        Assert.Equal(example, Bytes(e => e.Add("a", Array.ConvertAll(values, v => (long)v))));
    }

    [Fact]
    public void Encode_Names_AscendAsTheirBytesDo()
    {
        // As UTF-16 the second would come first.
        string[] names = ["\U0001F600", "\uFFFD", "é", "b", "a", "", "ab"];
        var example = new ProtoMessage(Bytes(e => Array.ForEach(names, name => e.Add(name, new[] { 1 }))));
        ProtoMessage[] entries = example.Message(1).Messages(1);
        Assert.Equal(["", "a", "ab", "b", "é", "\uFFFD", "\U0001F600"], entries.Select(entry => entry.Text(1)));
    }

    [Fact]
    public void Add_NameThatIsTaken_IsRefused()
    {
        var encoder = new ExampleEncoder();
        encoder.Add("b", new[] { 1 });
        encoder.Add("a", new[] { 1 });
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => encoder.Add("a", new[] { 1f })).Message);
    }

    [Fact]
    public void Encode_ManyExamples_AllocateNothingEach()
    {
        var encoder = new ExampleEncoder();
        int[] ids = [.. Enumerable.Range(0, 128)];
        float[] weights = new float[20];
        for (int i = 0; i < 100; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            encoder.Clear();
            encoder.Add("masked_lm_weights", weights);
            encoder.Add("input_ids", ids);
            _ = encoder.Encode().Length;
            Assert.True(i == 0 || GC.GetAllocatedBytesForCurrentThread() == before);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Parse_RandomExamples_GivesWhatWasEncoded(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 50; round++)
        {
            long[] longs = [.. Enumerable.Range(0, random.Next(300)).Select(_ => random.NextInt64(long.MinValue, 0) >> random.Next(64))];
            longs = Array.ConvertAll(longs, value => random.Next(2) == 0 ? value : ~value);
            float[] floats = [.. Enumerable.Range(0, random.Next(300)).Select(_ => BitConverter.Int32BitsToSingle(random.Next()))];
            ReadOnlyMemory<byte>[] strings = [.. Enumerable.Range(0, random.Next(5)).Select(n => new byte[100 * n])];
            byte[] record = Bytes(e =>
            {
                e.Add("strings", strings);
                e.Add("floats", floats);
                e.Add("longs", longs);
                e.Add("other", new[] { 1, 2, 3 });
            });
            ExampleParser parser = new(
                new("longs", FeatureKind.Int64, longs.Length), new("floats", FeatureKind.Float, floats.Length),
                new("strings", FeatureKind.Bytes, strings.Length));
            parser.Parse(record, Place);
            Assert.Equal(longs, parser.Int64("longs"));
            Assert.Equal(MemoryMarshal.AsBytes(floats.AsSpan()), MemoryMarshal.AsBytes(parser.Floats("floats")));
            Assert.Equal(strings.Select(s => s.Length), parser.Bytes("strings").Select(s => s.Length));
        }
    }

    // All say { "a": int64 [1, 2, 3] }.
    [Theory]
    [InlineData("0A0F 0A0D 0A0161 1208 1A06 0801 0802 0803", "not packed")]
    [InlineData("0A10 0A0E 0A0161 1209 1A07 0A0101 0A020203", "packed in two parts")]
    [InlineData("0A0F 0A0D 0A0161 1208 1A06 0801 0A020203", "partly packed")]
    [InlineData("0A0F 0A0D 1208 1A06 0801 0802 0803 0A0161", "the value before its key")]
    [InlineData("0A1A 0A09 0A0161 1204 1A020809 0A0D 0A0161 1208 1A06 0801 0802 0803", "twice, of which the last counts")]
    [InlineData("0A17 0A15 0A0161 1210 1206 0A04 0000C03F 1A06 0801 0802 0803", "of two kinds, of which the last counts")]
    [InlineData("0A00 1005 0A0F 0A0D 0A0161 1208 1A06 0801 0802 0803", "with an unknown field, and none before it")]
    [InlineData("0A1E 0A0D 0A0162 1208 1206 0A04 0000C03F 0A0D 0A0161 1208 1A06 0801 0802 0803", "with another feature")]
    public void Parse_OtherFormsOfTheSame_AreRead(string hex, string form)
    {
        var parser = new ExampleParser(new FixedLengthFeature("a", FeatureKind.Int64, 3));
        parser.Parse(Convert.FromHexString(hex.Replace(" ", "")), Place);
        Assert.True(parser.Int64("a").SequenceEqual([1, 2, 3]), form);
    }

    // { "b": float [1.5, 0] }, the first value packed and the other not.
    [Fact]
    public void Parse_FloatsPartlyPacked_AreRead()
    {
        var parser = new ExampleParser(new FixedLengthFeature("b", FeatureKind.Float, 2));
        parser.Parse(Convert.FromHexString("0A140A120A0162120D120B0A040000C03F0D00000000"), Place);
        Assert.Equal([1.5f, 0], parser.Floats("b"));
    }

    [Theory]
    [InlineData("0A")]
    [InlineData("0A05")]
    [InlineData("0A0F 0A0D 0A0161 1208 1A06 0801 0802 08")]
    [InlineData("0A10 0A0E 0A0161 1209 1A07 0A7F0102030405")]
    [InlineData("FFFFFFFFFFFFFFFFFFFF")]
    public void Parse_BytesThatAreNoExample_IsRefused(string hex)
    {
        var parser = new ExampleParser(new FixedLengthFeature("a", FeatureKind.Int64, 3));
        var e = Assert.Throws<TFRecordException>(() => parser.Parse(Convert.FromHexString(hex.Replace(" ", "")), Place));
        Assert.StartsWith("train.tfrecord: record 3 (the first is 0) at byte 4567: it is no tf.Example (", e.Message);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Parse_MutatedExample_IsReadOrRefused(int seed)
    {
        var random = new Random(seed);
        byte[] sound = Convert.FromHexString(Hand);
        var parser = new ExampleParser(new("a", FeatureKind.Int64, 4), new("b", FeatureKind.Float, 1), new("c", FeatureKind.Bytes, 2));
        int refused = 0;
        for (int i = 0; i < 3000; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                parser.Parse(FuzzTests.Mutate(random, sound), Place);
            }
            catch (TFRecordException e)
            {
                Assert.DoesNotContain(e.Message, char.IsControl);
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }

        Assert.InRange(refused, 1500, 2999);
    }

    [Theory]
    [InlineData("a", FeatureKind.Int64, 3, "feature 'a' should have 3 values of kind int64_list, found 4 of kind int64_list")]
    [InlineData("a", FeatureKind.Float, 4, "feature 'a' should have 4 values of kind float_list, found 4 of kind int64_list")]
    [InlineData("b", FeatureKind.Int64, 1, "feature 'b' should have 1 values of kind int64_list, found 1 of kind float_list")]
    [InlineData("c", FeatureKind.Bytes, 1, "feature 'c' should have 1 values of kind bytes_list, found 2 of kind bytes_list")]
    [InlineData("d", FeatureKind.Int64, 1, "feature 'd' should have 1 values of kind int64_list, found 0 of kind int64_list")]
    [InlineData("ids", FeatureKind.Int64, 128, "feature 'ids' should have 128 values of kind int64_list, found none of that name")]
    public void Parse_FeatureThatIsNotAsAskedFor_SaysWhatWasExpectedAndFound(string name, FeatureKind kind, int length, string expected)
    {
        var parser = new ExampleParser(new FixedLengthFeature(name, kind, length));
        var e = Assert.Throws<FeatureException>(() => parser.Parse(Convert.FromHexString(Hand), Place));
        Assert.Equal($"train.tfrecord: record 3 (the first is 0) at byte 4567: {expected}", e.Message);
    }

    private static byte[] Bytes(Action<ExampleEncoder> add)
    {
        var encoder = new ExampleEncoder();
        add(encoder);
        return encoder.Encode().ToArray();
    }
}
