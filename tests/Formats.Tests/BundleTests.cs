// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

/// <summary>Checkpoints written here, sound and broken ones.</summary>
public sealed class BundleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(int.MaxValue, 16, false)]
    [InlineData(3, 2, false)]
    [InlineData(1, 1, true)]
    [InlineData(40, 16, true)]
    public void Open_ManyBlocks_FindsAllTensors(int entriesPerBlock, int restartInterval, bool compress)
    {
        var builder = new BundleBuilder();
        for (int i = 0; i < 100; i++)
        {
            builder.AddFloats($"bert/encoder/layer_{i}/kernel", [2], i, -i);
        }

        var table = new TableBuilder { EntriesPerBlock = entriesPerBlock, RestartInterval = restartInterval, Compress = compress };
        using ITensorFile file = TensorFiles.Open(builder.Write(_folder, table: table));
        Assert.Equal(100, file.Tensors.Count);
        var values = new float[2];
        file.ReadSingles("bert/encoder/layer_77/kernel", values);
        Assert.Equal([77, -77], values);
    }

    [Fact]
    public void Read_Partitioned_PutsSlicesInPlace()
    {
        // A [3, 4] table in two row parts, the second cut in columns; the extents say "whole" in both ways that there are.
        BundleBuilder builder = new BundleBuilder()
            .AddPartitioned("t", 1, [3, 4], [(0, 1), (0, -1)], [(1, 2), (0, 3)], [(1, 2), (3, 1)])
            .AddFloats(BundleBuilder.SliceName("t", (0, 1), (0, -1)), [1, 4], 0, 1, 2, 3)
            .AddFloats(BundleBuilder.SliceName("t", (1, 2), (0, 3)), [2, 3], 4, 5, 6, 8, 9, 10)
            .AddFloats(BundleBuilder.SliceName("t", (1, 2), (3, 1)), [2, 1], 7, 11);
        using ITensorFile file = TensorFiles.Open(builder.Write(_folder));
        TensorInfo info = Assert.Single(file.Tensors);
        Assert.Equal([3, 4], info.Shape);
        var values = new float[12];
        file.ReadSingles("t", values);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (float)i), values);
        Assert.Equal(48, file.ReadBytes("t").Length);
    }

    [Theory]
    [InlineData("leave gaps", 0, 1, 2, 1)]
    [InlineData("overlap", 0, 2, 1, 2)]
    [InlineData("lies outside", 0, 2, 2, 2)]
    [InlineData("lies outside", 0, 2, -1, 1)]
    [InlineData("has no entry for its slice", 0, 2, 2, 1)]
    public void Open_PartitionsThatDoNotFit_AreRefused(string expected, long start1, long length1, long start2, long length2)
    {
        BundleBuilder builder = new BundleBuilder().AddPartitioned("t", 1, [3], [(start1, length1)], [(start2, length2)]);
        Assert.Contains(expected, Complaint.Of(builder.Write(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SliceOfAnotherTypeOrShape_IsRefused()
    {
        BundleBuilder builder = new BundleBuilder().AddPartitioned("t", 1, [3], [(0, 3)])
            .Add(BundleBuilder.SliceName("t", (0, 3)), 2, [3], new byte[24]);
        Assert.Contains("type or shape of its slice", Complaint.Of(builder.Write(_folder)).Message, StringComparison.Ordinal);
        builder.AddFloats(BundleBuilder.SliceName("t", (0, 3)), [1, 3], 1, 2, 3);
        Assert.Contains("type or shape of its slice", Complaint.Of(builder.Write(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedData_NamesTensorFileAndBothChecksums()
    {
        string prefix = new BundleBuilder().AddFloats("a", [1], 1).AddFloats("b", [2], 2, 3).Write(_folder);
        string data = prefix + ".data-00000-of-00001";
        byte[] bytes = File.ReadAllBytes(data);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] broken = [.. bytes];
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(data, broken);
            string message = Complaint.Of(prefix).Message;
            Assert.StartsWith($"{data}: tensor '{(bit < 32 ? "a" : "b")}' at byte {(bit < 32 ? 0 : 4)} is damaged: its bytes have " +
                $"checksum", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_DamagedIndex_IsRefusedForEveryBitThatMatters()
    {
        string prefix = new BundleBuilder().AddFloats("a", [1], 1).AddFloats("ab", [2], 2, 3).Write(_folder);
        byte[] bytes = File.ReadAllBytes(prefix + ".index");
        int accepted = 0;
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] broken = [.. bytes];
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(prefix + ".index", broken);
            accepted += Complaint.IsReadable(prefix) ? 1 : 0;
        }

        // The footer pads its two handles (4 bytes here) to 40 with zeros that nobody reads; and the last handle's last byte
        // may say that it goes on, since it goes on with zero.
        Assert.Equal((8 * 36) + 1, accepted);
    }

    [Fact]
    public void Open_CutAtEveryByte_IsRefused()
    {
        string prefix = new BundleBuilder().AddFloats("a", [1], 1).AddFloats("ab", [2], 2, 3).Write(_folder);
        foreach (string suffix in new[] { ".index", ".data-00000-of-00001" })
        {
            byte[] bytes = File.ReadAllBytes(prefix + suffix);
            for (int length = 0; length < bytes.Length; length++)
            {
                File.WriteAllBytes(prefix + suffix, bytes[..length]);
                string message = Complaint.Of(prefix).Message;
                Assert.Contains("cut short", message, StringComparison.Ordinal);
            }

            File.WriteAllBytes(prefix + suffix, bytes);
        }
    }

    [Theory]
    [InlineData("[-1] of F32 is not known", 1, new long[] { -1 }, 0L, 4L, 0)]
    [InlineData("is not known or has a size", 1, new long[] { 1L << 40, 1L << 40 }, 0L, 4L, 0)]
    [InlineData("is not known or has a size", 2, new long[] { 1L << 60 }, 0L, 4L, 0)]
    [InlineData("takes 8 bytes, the index gives it 4", 1, new long[] { 2 }, 0L, 4L, 0)]
    [InlineData("data file 1 is not among the 1", 1, new long[] { 1 }, 0L, 4L, 1)]
    [InlineData("data file -1 is not among the 1", 1, new long[] { 1 }, 0L, 4L, -1)]
    [InlineData("are no part of a file", 1, new long[] { 1 }, -4L, 4L, 0)]
    [InlineData("are no part of a file", 1, new long[] { 1 }, long.MaxValue, 4L, 0)]
    [InlineData("should lie at bytes 1 to 5, but the file ends at 4", 1, new long[] { 1 }, 1L, 4L, 0)]
    [InlineData("should lie at bytes 0 to 4611686018427387904", 1, new long[] { 1L << 60 }, 0L, 1L << 62, 0)]
    [InlineData("its bytes have checksum", 1, new long[] { 1 }, 0L, 4L, 0)]
    [InlineData("the length of string 1 does not fit", 7, new long[] { 1L << 60 }, 0L, 4L, 0)]
    [InlineData("element type 20, which is listed but not read", 20, new long[] { 1 }, 0L, 4L, 0)]
    public void Read_EntryThatLies_SaysWhatIsWrong(string expected, int dataType, long[] shape, long offset, long size, int shard)
    {
        BundleBuilder builder = new BundleBuilder().Add("x", 3, [1], [0, 5, 0, 0]);
        builder.Entries["x"] = BundleBuilder.Entry(dataType, shape, offset, size, crc: 1, slices: [], shard);
        TensorFileException complaint = Complaint.Of(builder.Write(_folder));
        Assert.Contains(expected, complaint.Message, StringComparison.Ordinal);
        Assert.Contains("'x'", complaint.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Strings_EveryBitIsGuarded()
    {
        string prefix = new BundleBuilder().AddStrings("s", "abc", "", new string('x', 130)).Write(_folder);
        string data = prefix + ".data-00000-of-00001";
        byte[] bytes = File.ReadAllBytes(data);
        Complaint.ReadEverything(prefix);
        for (int bit = 0; bit < 8 * bytes.Length; bit++)
        {
            byte[] broken = [.. bytes];
            broken[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(data, broken);
            Assert.Contains("tensor 's' at byte 0 is damaged", Complaint.Of(prefix).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1A020801", "at least 1 data file, found 0")]
    [InlineData("08FFFFFFFFFFFFFFFFFF01", "at least 1 data file, found -1")]
    [InlineData("08011001", "big-endian")]
    [InlineData("08011A021002", "asks for a reader of version 2")]
    [InlineData("08011A021801", "asks for a reader")]
    [InlineData("08011A03 1A0101", "asks for a reader")]
    [InlineData("08", "no valid protocol buffer")]
    [InlineData("08011AFF", "no valid protocol buffer")]
    public void Open_HeaderThatDoesNotSuit_IsRefused(string header, string expected)
    {
        var builder = new BundleBuilder { Header = Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)) };
        Assert.Contains(expected, Complaint.Of(builder.AddFloats("a", [1], 1).Write(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_HeaderOfManyDataFiles_LooksOnlyForThoseUsed()
    {
        var builder = new BundleBuilder { Header = [0x08, 0xFF, 0xFF, 0xFF, 0xFF, 0x07] };
        using ITensorFile file = TensorFiles.Open(builder.AddFloats("a", [1], 1).Write(_folder));
        Assert.False(file.HasData);
        Assert.Equal("a", Assert.Single(file.Tensors).Name);
    }

    [Fact]
    public void Open_ReferenceTypeAndUnknownFields_AreAccepted()
    {
        BundleBuilder builder = new BundleBuilder().AddFloats("x", [1], 7);
        byte[] entry = BundleBuilder.Entry(101, [1], 0, 4, SlowCrc.Masked(BitConverter.GetBytes(7f)), slices: []);
        builder.Entries["x"] = [.. entry, 0x98, 0x06, 0x05, 0x9A, 0x06, 0x01, 0x00];
        using ITensorFile file = TensorFiles.Open(builder.Write(_folder));
        var value = new float[1];
        file.ReadSingles("x", value);
        Assert.Equal(7, value[0]);
    }

    [Fact]
    public void Open_UnknownRankOrNameNotUtf8_IsRefused()
    {
        BundleBuilder builder = new BundleBuilder().AddFloats("x", [1], 7);
        builder.Entries["x"] = [0x08, 0x01, 0x12, 0x02, 0x18, 0x01];
        Assert.Contains("is not known", Complaint.Of(builder.Write(_folder)).Message, StringComparison.Ordinal);
        builder = new BundleBuilder().AddFloats("x\u00FF", [1], 7);
        Assert.Contains("is not UTF-8", Complaint.Of(builder.Write(_folder)).Message, StringComparison.Ordinal);
    }
}
