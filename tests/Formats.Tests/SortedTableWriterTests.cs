// SPDX-License-Identifier: Apache-2.0
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Snappier;

namespace BertManaged.Formats.Tests;

public class SortedTableWriterTests
{
    [Theory]
    [InlineData("apple", "cherry", "b")]
    [InlineData("apple", "banana", "apple")]
    [InlineData("apple", "apples", "apple")]
    [InlineData("apple", "apply", "applf")]
    [InlineData("layer_1/kernel", "layer_3/bias", "layer_2")]
    [InlineData("layer_1/kernel", "layer_2/bias", "layer_1/kernel")]
    [InlineData("", "a", "")]
    [InlineData("a\u00FF", "b", "a\u00FF")]
    [InlineData("a\u00FE\u00FE", "c", "b")]
    public void Separator_OfTwoKeys_IsShortAndBetween(string last, string next, string expected)
    {
        byte[] separator = TableKeys.Separator(Bytes(last), Bytes(next));
        Assert.Equal(Bytes(expected), separator);
        Assert.True(Bytes(last).AsSpan().SequenceCompareTo(separator) <= 0 && separator.AsSpan().SequenceCompareTo(Bytes(next)) < 0);
    }

    [Theory]
    [InlineData("global_step", "h")]
    [InlineData("cls/predictions/output_bias", "d")]
    [InlineData("\u00FF\u00FFa", "\u00FF\u00FFb")]
    [InlineData("\u00FF\u00FF", "\u00FF\u00FF")]
    [InlineData("", "")]
    public void Successor_OfTheLastKey_IsShortAndNotBefore(string last, string expected) =>
        Assert.Equal(Bytes(expected), TableKeys.Successor(Bytes(last)));

    // An entry of a one-byte key and ten bytes of value takes 14 bytes, the list of one restart 8.
    [Theory]
    [InlineData(36, new[] { 2, 2, 1 })]
    [InlineData(37, new[] { 3, 2 })]
    [InlineData(50, new[] { 3, 2 })]
    [InlineData(78, new[] { 5 })]
    [InlineData(1, new[] { 1, 1, 1, 1, 1 })]
    public void Write_DataBlocks_EndWithTheEntryThatFillsThem(int blockBytes, int[] counts)
    {
        byte[] table = Write(blockBytes, [.. "adgjm".Select(key => ($"{key}", new byte[10]))]);
        Assert.Equal(counts, Blocks(table).Select(block => (block.Size - 8) / 14));
        Assert.Equal(5, SortedTable.Read(new MemoryBytes(table), "t.index").Count);
    }

    [Fact]
    public void Write_ThreeBlocks_HasTheBytesWorkedOutByHand()
    {
        byte[] table = Write(20, [("apple", [1]), ("apply", [2]), ("cherry", [3]), ("chess", [4]), ("pear", [5])]);
        string first = Block("000501" + Hex("apple") + "01" + "040101" + Hex("y") + "02" + "00000000" + "01000000");
        string second = Block("000601" + Hex("cherry") + "03" + "030201" + Hex("ss") + "04" + "00000000" + "01000000");
        string third = Block("000401" + Hex("pear") + "05" + "00000000" + "01000000");
        string meta = Block("00000000" + "01000000");

        // "b" separates "apply" from "cherry", "d" "chess" from "pear", and "q" comes after "pear"; each is a restart.
        string index = Block(
            "000102" + Hex("b") + "0016" + "000102" + Hex("d") + "1B18" + "000102" + Hex("q") + "3810"
            + "00000000" + "06000000" + "0C000000" + "03000000");
        string footer = "4D08" + "5A22" + new string('0', 72) + "57FB808B247547DB";
        Assert.Equal(first + second + third + meta + index + footer, Convert.ToHexString(table));
    }

    [Fact]
    public void Write_SixteenEntries_ARestartComesWithTheSeventeenth()
    {
        byte[] table = Write(1 << 18, [.. Enumerable.Range(0, 40).Select(i => ($"key{i:D2}", Array.Empty<byte>()))]);
        (int offset, int size) = Assert.Single(Blocks(table));
        ReadOnlySpan<byte> restarts = table.AsSpan(offset + size - 16, 16);

        // The first of a group has 3 + 5 bytes, one that leaves out "key0" 3 + 1, one that leaves out "key" 3 + 2.
        int firstGroup = 8 + (9 * 4) + 5 + (5 * 4), secondGroup = 8 + (3 * 4) + 5 + (9 * 4) + 5 + 4;
        Assert.Equal("00000000" + Little(firstGroup) + Little(firstGroup + secondGroup) + Little(3), Convert.ToHexString(restarts));
    }

    [Fact]
    public void Write_IndexBeyondTheNominalSize_IsSplitThere()
    {
        var tensors = Enumerable.Range(0, 12000).Select(i => TensorEntry.Of($"bert/encoder/layer_{i}/kernel", [1], new[] { (float)i }));
        using var folder = new TemporaryFolder();
        BundleWriter.Write(folder.PathOf("m"), [.. tensors]);
        byte[] table = File.ReadAllBytes(folder.PathOf("m.index"));
        List<(int Offset, int Size)> blocks = Blocks(table);
        Assert.InRange(blocks.Count, 2, 4);

        // A block is finished by the entry that takes it over 256 KiB; none here takes more than 70 bytes.
        Assert.All(blocks[..^1], block => Assert.InRange(block.Size, 1 << 18, (1 << 18) + 70));
        using ITensorFile bundle = TensorFiles.Open(folder.PathOf("m"));
        Assert.Equal(12000, bundle.Tensors.Count);
        var value = new float[1];
        Assert.All(bundle.Tensors, tensor =>
        {
            bundle.ReadSingles(tensor.Name, value);
            Assert.Equal($"bert/encoder/layer_{(int)value[0]}/kernel", tensor.Name);
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Write_RandomTables_AreReadAgain(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < 60; round++)
        {
            var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            for (int i = random.Next(1, 200); i > 0; i--)
            {
                entries[new string((char)random.Next(256), random.Next(20)) + (char)random.Next(256)] = new byte[random.Next(100)];
            }

            byte[] table = Write(random.Next(1, 3000), [.. entries.Select(pair => (pair.Key, pair.Value))]);
            IReadOnlyList<TableEntry> found = SortedTable.Read(new MemoryBytes(table), "t.index");
            Assert.Equal(entries.Select(entry => (entry.Key, entry.Value.Length)), found.Select(
                entry => (Encoding.Latin1.GetString(entry.Key), entry.Value.Length)));
        }
    }

    private static byte[] Write(int blockBytes, IEnumerable<(string Key, byte[] Value)> entries)
    {
        using var stream = new MemoryStream();
        var writer = new SortedTableWriter(stream, blockBytes);
        foreach ((string key, byte[] value) in entries)
        {
            writer.Add(Bytes(key), value);
        }

        writer.Finish();
        return stream.ToArray();
    }

    // Where the data blocks lie, as the index says.
    internal static List<(int Offset, int Size)> Blocks(byte[] table)
    {
        ReadOnlySpan<byte> footer = table.AsSpan(^48..);
        Assert.True(BlockHandle.TryRead(ref footer, out _) & BlockHandle.TryRead(ref footer, out BlockHandle index));
        ReadOnlySpan<byte> block = table.AsSpan((int)index.Offset, (int)index.Size);
        block = table[(int)(index.Offset + index.Size)] == 1 ? Snappy.DecompressToArray(block) : block;
        var entries = new List<TableEntry>();
        long budget = 1 << 20;
        Assert.Null(TableBlock.Parse(block, ref budget, entries));
        return [.. entries.Select(entry =>
        {
            ReadOnlySpan<byte> value = entry.Value;
            Assert.True(BlockHandle.TryRead(ref value, out BlockHandle handle));
            return ((int)handle.Offset, (int)handle.Size);
        })];
    }

    private static string Block(string hex)
    {
        byte[] typed = [.. Convert.FromHexString(hex), 0];
        return Convert.ToHexString(typed) + Convert.ToHexString(BitConverter.GetBytes(SlowCrc.Masked(typed)));
    }

    private static string Little(int value) => BinaryPrimitives.ReverseEndianness(value).ToString("X8", CultureInfo.InvariantCulture);

    private static string Hex(string text) => Convert.ToHexString(Bytes(text));

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
