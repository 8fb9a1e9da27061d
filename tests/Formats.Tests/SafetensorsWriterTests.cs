// SPDX-License-Identifier: Apache-2.0
using System.Text;
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_AllKindsOfEntries_ReadBackEqual()
    {
        string path = _folder.PathOf("m.safetensors");
        SafetensorsWriter.Write(path,
            [
                TensorEntry.Of("singles", [2, 2], new float[] { 1, -2, float.NaN, 4 }),
                TensorEntry.Of("doubles", [1], new double[] { Math.PI }),
                TensorEntry.Of("ints", [3], new int[] { 1, -2, 3 }),
                TensorEntry.Of("scalar", [], new long[] { long.MinValue }),
                TensorEntry.Of("empty", [0, 5], Array.Empty<float>()),
                new TensorEntry("raw ä\"\U0001F600", ElementType.UInt8, [3], stream => stream.Write([7, 8, 9])),
            ],
            new Dictionary<string, string> { ["format"] = "pt", ["note"] = "a\nb" });

        using ITensorFile file = TensorFiles.Open(path);
        var singles = new float[4];
        file.ReadSingles("singles", singles);
        Assert.Equal([1, -2, float.NaN, 4], singles);
        Assert.Equal(Math.PI, BitConverter.ToDouble(file.ReadBytes("doubles")));
        Assert.Equal(long.MinValue, BitConverter.ToInt64(file.ReadBytes("scalar")));
        Assert.Equal([7, 8, 9], file.ReadBytes("raw ä\"\U0001F600"));
        Assert.Equal("a\nb", file.Metadata["note"]);
        Assert.Equal(6, file.Tensors.Count);
    }

    [Fact]
    public void Write_Header_HasReferenceOrderAndPadding()
    {
        string path = _folder.PathOf("m.safetensors");
        SafetensorsWriter.Write(path,
            [
                TensorEntry.Of("b", [1], new float[] { 1 }),
                TensorEntry.Of("z", [1], new long[] { 2 }),
                TensorEntry.Of("a", [1], new float[] { 3 }),
            ],
            new Dictionary<string, string> { ["format"] = "pt" });

        byte[] bytes = File.ReadAllBytes(path);
        int length = (int)BitConverter.ToUInt64(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"format":"pt"},"z":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}"""
            + ""","a":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},"b":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}}""",
            Encoding.UTF8.GetString(bytes, 8, length).TrimEnd(' '));
        Assert.Equal(8 + length + 16, bytes.Length);
    }

    // Written by the reference's writer; writing their tensors again, in any order, must give the very same files.
    [Theory]
    [InlineData("goldens/google/checkpoint-tiny/dtypes/types.safetensors")]
    [InlineData("goldens/google/checkpoint-tiny/variables.safetensors")]
    [InlineData("goldens/hf/training-curve/mrpc-f32.safetensors")]
    [InlineData("models/all-MiniLM-L6-v2/model.safetensors")]
    public void Write_TensorsOfReferenceFile_SameBytes(string relative)
    {
        string original = SharedFolder.Path(relative);
        string copy = _folder.PathOf("copy.safetensors");
        using (ITensorFile file = TensorFiles.Open(original))
        {
            TensorEntry[] entries = [.. file.Tensors.Reverse().Select(tensor =>
                new TensorEntry(tensor.Name, tensor.Type, tensor.Shape, stream => stream.Write(file.ReadBytes(tensor.Name))))];
            SafetensorsWriter.Write(copy, entries, file.Metadata.Count == 0 ? null : file.Metadata);
        }

        Assert.True(File.ReadAllBytes(original).AsSpan().SequenceEqual(File.ReadAllBytes(copy)));
    }

    [Fact]
    public void Write_EntryWithWrongNumberOfBytes_NamesItAndLeavesNothing()
    {
        string path = _folder.PathOf("m.safetensors");
        foreach (int length in new[] { 3, 5 })
        {
            var e = Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(path,
                [new TensorEntry("odd", ElementType.Float32, [1], stream => stream.Write(new byte[length]))]));
            Assert.Contains($"'odd' wrote {length} bytes, its type and shape ask for 4", e.Message, StringComparison.Ordinal);
            Assert.Empty(_folder.FileNames());
        }
    }

    [Fact]
    public void Write_WhatSafetensorsCannotHold_IsRefusedBeforeAnythingIsWritten()
    {
        string path = _folder.PathOf("m.safetensors");
        TensorEntry a = TensorEntry.Of("a", [1], new float[] { 1 });
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [a, a]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [a with { Name = "__metadata__" }]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [a with { Type = ElementType.String }]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [a with { Shape = [-1] }]));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, [a with { Shape = [long.MaxValue, 2] }]));
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void Write_RandomTensors_ReadBackEqual()
    {
        var random = new Random(11);
        ElementType[] types = [.. Enum.GetValues<ElementType>().Where(type => type.IsSafetensors() && type.BitsPerElement() % 8 == 0)];
        for (int round = 0; round < 50; round++)
        {
            var expected = new Dictionary<string, byte[]>();
            var entries = new List<TensorEntry>();
            for (int i = random.Next(12); i > 0; i--)
            {
                ElementType type = types[random.Next(types.Length)];
                long[] shape = [.. Enumerable.Range(0, random.Next(4)).Select(_ => (long)random.Next(4))];
                byte[] bytes = new byte[shape.Aggregate(1L, (x, y) => x * y) * type.BitsPerElement() / 8];
                random.NextBytes(bytes);
                string name = $"tensor.{random.Next()}.{i}";
                expected.Add(name, bytes);
                entries.Add(new TensorEntry(name, type, shape, stream => stream.Write(bytes)));
            }

            string path = _folder.PathOf("m.safetensors");
            SafetensorsWriter.Write(path, entries);
            using ITensorFile file = TensorFiles.Open(path);
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), file.Tensors.Select(tensor => tensor.Name));
            Assert.All(expected, pair => Assert.Equal(pair.Value, file.ReadBytes(pair.Key)));
        }
    }
}
