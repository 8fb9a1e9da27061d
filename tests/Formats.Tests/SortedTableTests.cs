// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats.Tests;

public class SortedTableTests
{
    [Fact]
    public void Read_EmptyTable_HasNoEntries() => Assert.Empty(Read(new TableBuilder().Build([])));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_RandomTables_GivesWhatWasWritten(bool compress)
    {
        var random = new Random(3);
        for (int round = 0; round < 60; round++)
        {
            (byte[] Key, byte[] Value)[] entries = RandomEntries(random);
            var builder =
                new TableBuilder { EntriesPerBlock = random.Next(1, 50), RestartInterval = random.Next(1, 20), Compress = compress };
            IReadOnlyList<TableEntry> found = Read(builder.Build(entries));
            Assert.Equal(entries.Select(entry => Convert.ToHexString(entry.Key)), found.Select(entry => Convert.ToHexString(entry.Key)));
            Assert.Equal(
                entries.Select(entry => Convert.ToHexString(entry.Value)), found.Select(entry => Convert.ToHexString(entry.Value)));
        }
    }

    [Theory]
    [InlineData("b", "a")]
    [InlineData("a", "a")]
    public void Read_KeysThatDoNotAscend_AreRefused(string first, string second)
    {
        foreach (int perBlock in new[] { 1, 2 })
        {
            byte[] table = new TableBuilder { EntriesPerBlock = perBlock }.Build([Entry(first), Entry(second)]);
            Assert.Contains("do not ascend", Refused(table), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_ChecksumOfTypeByte_IsVerifiedToo()
    {
        byte[] table = new TableBuilder().Build([Entry("a")]);

        // The type byte of the first block: after its 3 + 1 + 5 bytes of entry and 8 of restarts.
        Assert.Equal(0, table[17]);
        table[17] = 1;
        Assert.Contains("the data block at byte 0 has checksum", Refused(table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "list of restarts")]
    [InlineData("00000000", "list of restarts")]
    [InlineData("0000000000000000", "list of restarts")]
    [InlineData("0000000002000000", "list of restarts")]
    [InlineData("00000000FFFFFFFF", "list of restarts")]
    [InlineData("0000000000000000 02000000", "a restart is not where")]
    [InlineData("01000000 01000000", "a restart is not where")]
    [InlineData("000101 6101 01000000 01000000", "a restart is not where")]
    [InlineData("010001 61 00000000 01000000", "the entry at byte 0 does not fit")]
    [InlineData("000201 61 00000000 01000000", "the entry at byte 0 does not fit")]
    [InlineData("00FFFFFFFF0F01 61 00000000 01000000", "the entry at byte 0 does not fit")]
    [InlineData("0001FFFFFFFF0F 61 00000000 01000000", "the entry at byte 0 does not fit")]
    [InlineData("0001FFFFFFFFFFFFFFFFFFFF 61 00000000 01000000", "the entry at byte 0 does not fit")]
    [InlineData("000100 61 010100 62 00000000 04000000 02000000", "is a restart but leaves out a prefix")]
    public void Read_BlockWithSoundChecksumButBrokenInside_IsRefused(string hex, string expected)
    {
        byte[] block = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        int written = 0;
        byte[] table = new TableBuilder { Tamper = contents => written++ == 0 ? block : contents }.Build([Entry("a")]);
        Assert.Contains(expected, Refused(table), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0UL, 1000UL)]
    [InlineData(1000UL, 0UL)]
    [InlineData(ulong.MaxValue, 8UL)]
    [InlineData(8UL, ulong.MaxValue)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Read_HandleThatPointsOutside_IsRefused(ulong offset, ulong size)
    {
        byte[] handle = [.. TableBuilder.Varint(offset), .. TableBuilder.Varint(size)];
        byte[] footer = [.. handle, .. handle, .. new byte[40 - (2 * handle.Length)], .. Convert.FromHexString("57FB808B247547DB")];
        byte[] table = [.. new TableBuilder().Build([Entry("a")])[..^48], .. footer];
        Assert.Contains("do not fit into the file", Refused(table), StringComparison.Ordinal);
    }

    // Each block is stored as these bytes with the type "snappy"; the first claims 2 GiB, the others break inside.
    [Theory]
    [InlineData("FFFFFFFF07 00")]
    [InlineData("FFFFFFFFFFFFFFFFFF7F")]
    [InlineData("08 FE")]
    [InlineData("08 0000")]
    [InlineData("08 0061 FE0900")]
    [InlineData("")]
    public void Read_SnappyThatLies_IsRefused(string hex)
    {
        byte[] stored = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        byte[] block = [.. stored, 1];
        byte[] handle = [0, (byte)stored.Length];
        byte[] table =
            [.. block, .. BitConverter.GetBytes(SlowCrc.Masked(block)), .. handle, .. handle, .. new byte[36],
            .. Convert.FromHexString("57FB808B247547DB")];
        Assert.Contains("snappy", Refused(table), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_PrefixesThatWouldFillMemory_AreRefused()
    {
        // 2,600 keys that each share 40,000 bytes: 60 KB of file, 104 MB of keys.
        byte[] root = new byte[40_000];
        byte[] table = new TableBuilder { RestartInterval = int.MaxValue }.Build(
            [.. Enumerable.Range(0, 2_600).Select(i => (Key: (byte[])[.. root, (byte)(i >> 8), (byte)i], Value: Array.Empty<byte>()))]);
        Assert.Contains("too long altogether", Refused(table), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_UnknownCompression_IsRefused()
    {
        byte[] block = [0, 0, 0, 0, 1, 0, 0, 0, 2];
        byte[] table =
            [.. block, .. BitConverter.GetBytes(SlowCrc.Masked(block)), 0, 8, 0, 8, .. new byte[36],
            .. Convert.FromHexString("57FB808B247547DB")];
        Assert.Contains("compression type 2", Refused(table), StringComparison.Ordinal);
    }

    private static (byte[], byte[]) Entry(string key) => (Encoding.ASCII.GetBytes(key), [1, 2, 3, 4, 5]);

    private static (byte[] Key, byte[] Value)[] RandomEntries(Random random)
    {
        var entries = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        for (int i = random.Next(200); i > 0; i--)
        {
            byte[] value = new byte[random.Next(300)];
            random.NextBytes(value);
            entries[new string('n', random.Next(20)) + random.Next(1000)] = value;
        }

        return [.. entries.Select(pair => (Encoding.ASCII.GetBytes(pair.Key), pair.Value))];
    }

    private static IReadOnlyList<TableEntry> Read(byte[] table) => SortedTable.Read(new MemoryBytes(table), "t.index");

    private static string Refused(byte[] table) => Assert.Throws<TensorFileException>(() => Read(table)).Message;
}
