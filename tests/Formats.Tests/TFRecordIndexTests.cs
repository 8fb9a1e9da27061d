// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace BertManaged.Formats.Tests;

public sealed class TFRecordIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_OfAnyNumberInAnyOrder_IsThatRecord(int seed)
    {
        var random = new Random(seed);
        byte[][][] files = [.. Enumerable.Range(0, 5).Select(i => Records(random, i == 2 ? 0 : random.Next(1, 30)))];
        string[] paths =
            [.. files.Select((records, i) => _folder.Write($"{i}", i % 2 == 0 ? Framed(records) : Compressed(Framed(records))))];
        byte[][] all = [.. files.SelectMany(records => records)];
        var visited = new List<byte[]>();
        TFRecordIndex index = TFRecordIndex.Read(paths, (record, _) => visited.Add(record.ToArray()));
        Assert.Equal(all, visited);
        Assert.Equal(all.Length, index.Count);
        for (int i = 0; i < 200; i++)
        {
            int number = random.Next(all.Length);
            Assert.Equal(all[number], index.Read(number).ToArray());
        }
    }

    [Fact]
    public void Place_OfARecord_IsThatOfTheReader()
    {
        string[] paths = [_folder.Write("a", Framed(Records(new Random(1), 7))), _folder.Write("b", Framed(Records(new Random(2), 5)))];
        var places = new List<TFRecordPlace>();
        TFRecordIndex index = TFRecordIndex.Read(paths, (_, place) => places.Add(place));
        Assert.Equal(places, Enumerable.Range(0, index.Count).Select(index.Place));
        Assert.Equal((paths[1], 2L), (index.Place(9).File, index.Place(9).Record));
    }

    [Fact]
    public void Fingerprint_IsOfTheRecordsInOrder_WhateverFilesTheyAreIn()
    {
        byte[][] records = Records(new Random(3), 9);
        string whole = Fingerprint(Framed(records));
        Assert.Equal(whole, Fingerprint(Framed(records[..4]), Compressed(Framed(records[4..]))));
        byte[][] swapped = [records[1], records[0], .. records[2..]];
        Assert.NotEqual(whole, Fingerprint(Framed(swapped)));
        Assert.NotEqual(whole, Fingerprint(Framed(records[..8])));
    }

    [Fact]
    public void Read_OfAFileThatChanged_NamesTheRecord()
    {
        byte[] bytes = Framed(Records(new Random(4), 6));
        string path = _folder.Write("r", bytes);
        TFRecordIndex index = TFRecordIndex.Read([path], (_, _) => { });
        long offset = index.Place(3).Offset;
        bytes[offset + 14] ^= 1;
        File.WriteAllBytes(path, bytes);
        TFRecordException e = Assert.Throws<TFRecordException>(() => index.Read(3).Length);
        Assert.Contains($"record 3 (the first is 0) at byte {offset}", e.Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes[..(int)(offset + 5)]);
        Assert.Throws<TFRecordException>(() => index.Read(4).Length);
        File.Delete(path);
        Assert.Contains(path, Assert.Throws<TFRecordException>(() => index.Read(0).Length).Message, StringComparison.Ordinal);
    }

    private string Fingerprint(params byte[][] files) => TFRecordIndex.Read(
        [.. files.Select((bytes, i) => _folder.Write($"f{i}", bytes))], (_, _) => { }).Fingerprint;

    private static byte[][] Records(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ =>
        {
            byte[] record = new byte[random.Next(3, 300)];
            random.NextBytes(record);
            return record;
        }),
    ];

    private static byte[] Framed(byte[][] records)
    {
        using var stream = new MemoryStream();
        var writer = new TFRecordWriter(stream);
        Array.ForEach(records, record => writer.Write(record));
        return stream.ToArray();
    }

    private static byte[] Compressed(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
