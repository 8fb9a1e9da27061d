// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text;
using BertManaged.Testing;
using Snappier;

namespace BertManaged.Formats.Tests;

public sealed class BundleWriterTests : IDisposable
{
    private const string Tiny = "goldens/google/checkpoint-tiny/", Others = "data/tf-checkpoints/";

    private static readonly ElementType[] Storable =
    [
        ElementType.Bool, ElementType.UInt8, ElementType.Int8, ElementType.Int16, ElementType.UInt16, ElementType.Float16,
        ElementType.BFloat16, ElementType.Int32, ElementType.UInt32, ElementType.Float32, ElementType.Complex64, ElementType.Float64,
        ElementType.Int64, ElementType.UInt64, ElementType.Complex128,
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // Written by TensorFlow 1.4 to 2.15; all there are with a data file, but for one with a partitioned variable.
    [Theory]
    [InlineData(Tiny + "training/model.ckpt-200")]
    [InlineData(Tiny + "sharded/model.ckpt-200")]
    [InlineData(Tiny + "dtypes/types.ckpt")]
    [InlineData(Tiny + "tf2-object/ckpt-1")]
    [InlineData("goldens/google/tf-1.11/training/model.ckpt-12")]
    [InlineData("goldens/google/classify/cola/checkpoint/model.ckpt-100")]
    [InlineData("goldens/google/classify/mnli/checkpoint/model.ckpt-100")]
    [InlineData("goldens/google/classify/mrpc/checkpoint/model.ckpt-100")]
    [InlineData("goldens/google/classify/xnli/checkpoint/model.ckpt-100")]
    [InlineData(Others + "keras-bert-test_checkpoint/bert_model.ckpt")]
    [InlineData(Others + "tf2onnx-regression/model")]
    [InlineData(Others + "tfx-model.ckpt-series/model.ckpt-0")]
    [InlineData(Others + "tfx-model.ckpt-series/model.ckpt-999")]
    [InlineData(Others + "tfx-model.ckpt-series/model.ckpt-1000")]
    [InlineData(Others + "two-shard-little_ruan/model.ckpt")]
    public void Write_WhatTensorFlowWrote_GivesTheSameFiles(string prefix)
    {
        string index = SharedFolder.Path(prefix + ".index");
        string folder = Path.GetDirectoryName(index)!, name = Path.GetFileNameWithoutExtension(index);
        using (var files = new AtomicFileSet())
        {
            using ITensorFile bundle = TensorFiles.Open(index);
            BundleWriter.AddShards(files, _folder.PathOf(name), Shards(bundle, index));
            files.Commit();
        }

        string[] expected = [.. Directory.GetFiles(folder, name + ".index").Concat(Directory.GetFiles(folder, name + ".data-*"))];
        Assert.Equal(expected.Length, _folder.FileNames().Length);
        Assert.All(expected, file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(_folder.PathOf(Path.GetFileName(file)))));
    }

    // What TensorFlow's Saver writes: one data file, in the order of names.
    [Theory]
    [InlineData(Tiny + "training/model.ckpt-200")]
    [InlineData("goldens/google/tf-1.11/training/model.ckpt-12")]
    public void Write_VariablesOfASaverInAnyOrder_GivesTheSameFiles(string prefix)
    {
        using ITensorFile bundle = TensorFiles.Open(SharedFolder.Path(prefix + ".index"));
        BundleWriter.Write(_folder.PathOf("m"), [.. bundle.Tensors.Reverse().Select(tensor => new TensorEntry(
            tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(bundle.ReadBytes(tensor.Name))))]);
        foreach (string suffix in new[] { ".index", ".data-00000-of-00001" })
        {
            Assert.Equal(File.ReadAllBytes(SharedFolder.Path(prefix + suffix)), File.ReadAllBytes(_folder.PathOf("m" + suffix)));
        }
    }

    [Fact]
    public void Write_VariablesOfAReleasedModel_GivesTheFilesOfTheArchive()
    {
        string path = SharedFolder.Path(Tiny + "uncased_L-3_H-20_A-4.zip");
        using ITensorFile bundle = TensorFiles.Open(path);
        BundleWriter.Write(_folder.PathOf("bert_model.ckpt"), [.. bundle.Tensors.Select(tensor => new TensorEntry(
            tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(bundle.ReadBytes(tensor.Name))))]);
        using ZipArchive archive = ZipFile.OpenRead(path);
        foreach (string file in _folder.FileNames())
        {
            using var content = new MemoryStream();
            using Stream entry = Assert.Single(archive.Entries, entry => entry.Name == file).Open();
            entry.CopyTo(content);
            Assert.Equal(content.ToArray(), File.ReadAllBytes(_folder.PathOf(file)));
        }
    }

    // A variable is partitioned: the table is written again entry by entry.
    [Fact]
    public void Write_TableWithPartitionedVariables_GivesTheSameFile()
    {
        string path = SharedFolder.Path(Tiny + "partitioned/bert_model.ckpt.index");
        Assert.Equal(File.ReadAllBytes(path), Rewritten(path, count: 72));
    }

    // Whoever wrote this index compressed it; its data file is missing.
    [Fact]
    public void Write_TableThatWasCompressed_GivesTheSameBlock()
    {
        string path = SharedFolder.Path(Others + "index-only-covbert/bert_model.ckpt.index");
        byte[] table = File.ReadAllBytes(path), rewritten = Rewritten(path, count: 620);
        (int offset, int size) = Assert.Single(SortedTableWriterTests.Blocks(table));
        byte[] block = Snappy.DecompressToArray(table.AsSpan(offset, size));
        Assert.Equal((0, block.Length), Assert.Single(SortedTableWriterTests.Blocks(rewritten)));
        Assert.Equal(block, rewritten[..block.Length]);
    }

    [Fact]
    public void Write_TwoVariables_HasTheBytesWorkedOutByHand()
    {
        BundleWriter.Write(_folder.PathOf("m"), [TensorEntry.Of("b", [2, 1], new[] { 1.5f, -2 }), TensorEntry.Of("a", [], new[] { 7L })]);
        Assert.Equal("0700000000000000" + "0000C03F" + "000000C0", Hex("m.data-00000-of-00001"));
        string a = "08091200" + "2808" + "35" + Crc("0700000000000000");
        string b = "0801" + "1208" + "12020802" + "12020801" + "2008" + "2808" + "35" + Crc("0000C03F000000C0");
        string block = "00" + "00" + "06" + "08011A020801" + "00" + "01" + "0B" + "61" + a + "00" + "01" + "15" + "62" + b
            + "00000000" + "01000000";
        Assert.StartsWith(block, Hex("m.index"));
        Assert.Equal(["m.data-00000-of-00001", "m.index"], _folder.FileNames());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Write_RandomTensors_AreReadAgain(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 8; round++)
        {
            var bytes = new Dictionary<string, byte[]>();
            TensorEntry[] tensors =
                [.. Enumerable.Range(0, random.Next(60)).Select(_ => RandomTensor(random, bytes)).DistinctBy(t => t.Name)];
            int shards = random.Next(1, 4);
            using (var files = new AtomicFileSet())
            {
                BundleWriter.AddShards(files, _folder.PathOf("m"), [.. Enumerable.Range(0, shards).Select(
                    shard => tensors.Where((_, i) => i % shards == shard).ToArray())]);
                files.Commit();
            }

            using ITensorFile bundle = TensorFiles.Open(_folder.PathOf("m"));
            Assert.Equal(tensors.Select(t => t.Name).Order(Utf8Order.Comparer), bundle.Tensors.Select(t => t.Name));
            foreach (TensorEntry tensor in tensors)
            {
                Assert.True(bundle.TryGet(tensor.Name, out TensorInfo? info));
                Assert.Equal((tensor.Type, string.Join(',', tensor.Shape)), (info.Type, string.Join(',', info.Shape)));
                Assert.Equal(bytes[tensor.Name], bundle.ReadBytes(tensor.Name));
            }
        }
    }

    [Theory]
    [InlineData("", ElementType.Float32, 1)]
    [InlineData("\0a", ElementType.Float32, 1)]
    [InlineData("there", ElementType.Float32, 1)]
    [InlineData("a", ElementType.Float4, 2)]
    [InlineData("a", ElementType.Other, 1)]
    [InlineData("a", ElementType.Float32, -1)]
    [InlineData("a", ElementType.Float32, long.MaxValue)]
    public void Write_WhatNoCheckpointHolds_IsRefusedBeforeAnythingIsWritten(string name, ElementType type, long size)
    {
        var e = Assert.Throws<ArgumentException>(() => BundleWriter.Write(
            _folder.PathOf("m"), [TensorEntry.Of("there", [1], new[] { 1f }), new TensorEntry(name, type, [size], _ => { })]));
        Assert.Contains($"'{name}'", e.Message);
        Assert.Empty(_folder.FileNames());
    }

    [Theory]
    [InlineData(ElementType.Float32, 3)]
    [InlineData(ElementType.Float32, 5)]
    [InlineData(ElementType.String, 3)]
    public void Write_TensorThatWritesOtherBytes_LeavesTheOldCheckpoint(ElementType type, int bytes)
    {
        string prefix = new BundleBuilder().AddFloats("old", [1], 1).Write(_folder, "m");
        Assert.Throws<InvalidOperationException>(
            () => BundleWriter.Write(prefix, [new TensorEntry("new", type, [1], stream => stream.Write(new byte[bytes]))]));
        using ITensorFile bundle = TensorFiles.Open(prefix);
        Assert.Equal("old", Assert.Single(bundle.Tensors).Name);
        Assert.Equal(["m.data-00000-of-00001", "m.index"], _folder.FileNames());
    }

    private static byte[] Rewritten(string index, int count)
    {
        using var source = MappedFile.Open(index);
        using var stream = new MemoryStream();
        var writer = new SortedTableWriter(stream);
        IReadOnlyList<TableEntry> entries = SortedTable.Read(source, index);
        Assert.Equal(count, entries.Count);
        foreach (TableEntry entry in entries)
        {
            BundleEntry? plain = entry.Key.Length == 0 ? null : BundleEntry.Parse(entry.Value);
            writer.Add(entry.Key, plain is null or { Slices.Count: > 0 } ? entry.Value : plain.ToBytes());
        }

        writer.Finish();
        return stream.ToArray();
    }

    private string Hex(string name) => Convert.ToHexString(File.ReadAllBytes(_folder.PathOf(name)));

    private static string Crc(string hex) => Convert.ToHexString(BitConverter.GetBytes(SlowCrc.Masked(Convert.FromHexString(hex))));

    private static TensorEntry RandomTensor(Random random, Dictionary<string, byte[]> contents)
    {
        ElementType type = Storable[random.Next(Storable.Length)];
        long[] shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(6))];
        byte[] bytes = new byte[shape.Aggregate(1L, (x, y) => x * y) * type.BitsPerElement() / 8];
        random.NextBytes(bytes);
        string name = $"{"äß/\U0001F600é"[random.Next(3)]}{new string('x', random.Next(200))}/{random.Next(1000)}";
        contents.TryAdd(name, bytes);
        return new TensorEntry(name, type, shape, stream => stream.Write(contents[name]));
    }

    // The tensors of each data file in the order of their offsets, by the index: TensorFlow 2 does not save in the order of names.
    private static TensorEntry[][] Shards(ITensorFile bundle, string index)
    {
        using var source = MappedFile.Open(index);
        var places = SortedTable.Read(source, index).Skip(1)
            .ToDictionary(entry => Encoding.UTF8.GetString(entry.Key), entry => BundleEntry.Parse(entry.Value));
        return [.. bundle.Tensors
            .OrderBy(tensor => places[tensor.Name].Offset)
            .ThenBy(tensor => places[tensor.Name].Size)
            .GroupBy(tensor => places[tensor.Name].Shard, tensor => new TensorEntry(
                tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(bundle.ReadBytes(tensor.Name))))
            .OrderBy(group => group.Key)
            .Select(group => group.ToArray())];
    }
}
