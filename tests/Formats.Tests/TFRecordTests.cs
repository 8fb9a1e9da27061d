// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

public sealed class TFRecordTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The bytes that TensorFlow writes for the record "abc".
    [Fact]
    public void Write_Abc_HasTheBytesOfTheFormat()
    {
        using var stream = new MemoryStream();
        var writer = new TFRecordWriter(stream);
        writer.Write("abc"u8);
        Assert.Equal("0300000000000000B099490E6162636E57F121", Convert.ToHexString(stream.ToArray()));
        Assert.Equal(1, writer.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_RandomRecordsInEveryForm_AreThoseWritten(int seed)
    {
        byte[][] records = RandomRecords(seed);
        byte[] plain = Frame(records);
        foreach (byte[] file in new[] { plain, Compress(plain, gzip: true), Compress(plain, gzip: false) })
        {
            Assert.Equal(records, ReadAll(_folder.Write("r.tfrecord", file)));
        }
    }

    [Fact]
    public void Read_EmptyFileOrStream_HasNoRecords()
    {
        Assert.Empty(ReadAll(_folder.Write("none.tfrecord", [])));
        Assert.Empty(ReadAll(_folder.Write("none.gz", Compress([], gzip: true))));
        Assert.Empty(ReadAll(_folder.Write("none.zz", Compress([], gzip: false))));
    }

    // A first record of these lengths makes the file begin like a gzip or a zlib stream.
    [Theory]
    [InlineData(0x088B1F)]
    [InlineData(0x9C78)]
    public void Read_LengthThatLooksLikeCompression_IsALength(int length)
    {
        byte[][] records = [new byte[length], [1, 2]];
        Assert.Equal(records, ReadAll(_folder.Write("r.tfrecord", Frame(records))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_AtAnyPlace_GoesOnThere(bool compressed)
    {
        byte[][] records = RandomRecords(4);
        byte[] plain = Frame(records);
        string path = _folder.Write("r.tfrecord", compressed ? Compress(plain, gzip: true) : plain);
        List<TFRecordPlace> places = Places(path);
        Assert.Equal(records.Length + 1, places.Count);
        Assert.Equal(plain.Length, places[^1].Offset);
        for (int i = 0; i < places.Count; i++)
        {
            using var reader = TFRecordReader.Open(places[i]);
            Assert.Equal(compressed, reader.IsCompressed);
            Assert.Equal(places[i], reader.Next);
            Assert.Equal(records[i..], Rest(reader));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Open_PlaceOfAnotherFile_IsRefused(bool compressed)
    {
        byte[] plain = Frame(RandomRecords(5));
        string path = _folder.Write("r.tfrecord", compressed ? Compress(plain, gzip: false) : plain);
        foreach ((long record, long offset) in new[] { (1L, plain.Length + 1L), (9999L, plain.Length + 9L) })
        {
            var place = new TFRecordPlace(path, record, offset);
            var e = Assert.Throws<TFRecordException>(() => TFRecordReader.Open(place));
            Assert.StartsWith($"{path}: record {place.Record} (the first is 0) at byte {place.Offset}: reading should go on", e.Message);
        }
    }

    [Fact]
    public void Open_PlaceThatIsNoBeginning_IsRefusedByTheFirstRecord()
    {
        string path = _folder.Write("r.tfrecord", Frame(RandomRecords(6)));
        using var reader = TFRecordReader.Open(new TFRecordPlace(path, 1, 7));
        var e = Assert.Throws<TFRecordException>(() => reader.TryRead(out _));
        Assert.Contains("record 1 (the first is 0) at byte 7: its length has checksum", e.Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Skip_SomeOrAll_CountsAndArrivesWhereReadingDoes(bool compressed)
    {
        byte[][] records = RandomRecords(7);
        byte[] plain = Frame(records);
        string path = _folder.Write("r.tfrecord", compressed ? Compress(plain, gzip: true) : plain);
        List<TFRecordPlace> places = Places(path);
        using var reader = TFRecordReader.Open(path);
        Assert.Equal(3, reader.Skip(3));
        Assert.Equal(places[3], reader.Next);
        Assert.True(reader.TryRead(out ReadOnlySpan<byte> record));
        Assert.Equal(records[3], record);
        Assert.Equal(places[3], reader.Place);
        Assert.Equal(records.Length - 4, reader.Skip(long.MaxValue));
        Assert.Equal(places[^1], reader.Next);
    }

    // Every length but those at which a record ends.
    [Fact]
    public void Read_CutShortAnywhere_NamesTheRecordAndItsOffset()
    {
        byte[] plain = Frame([[1, 2, 3], [], new byte[40]]);
        int[] ends = [0, 19, 35, plain.Length];
        for (int length = 0; length < plain.Length; length++)
        {
            string path = _folder.Write("r.tfrecord", plain[..length]);
            int whole = ends.Count(end => end <= length) - 1;
            if (ends.Contains(length))
            {
                Assert.Equal(whole, ReadAll(path).Count);
                continue;
            }

            TFRecordException e = Refused(path, whole);
            Assert.Equal(new TFRecordPlace(path, whole, ends[whole]), e.Place);
            Assert.Contains("cut short", e.Message);
            Assert.Equal(TensorFileFault.Content, e.Fault);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_CompressedFileCutShortAnywhere_IsNeverTakenForWhole(bool gzip)
    {
        byte[][] records = [[1, 2, 3], [], new byte[40], "some text that does not compress well"u8.ToArray()];
        byte[] file = Compress(Frame(records), gzip);

        for (int length = 1; length < file.Length; length++)
        {
            Refused(_folder.Write("r.tfrecord", file[..length]), most: records.Length);
        }
    }

    [Fact]
    public void Read_AnyBitFlipped_NamesTheRecordAndItsOffset()
    {
        byte[] plain = Frame([[1, 2, 3], [], new byte[40]]);
        for (int bit = 0; bit < 8 * plain.Length; bit++)
        {
            byte[] damaged = [.. plain];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            int record = bit < 8 * 19 ? 0 : bit < 8 * 35 ? 1 : 2;
            string path = _folder.Write("r.tfrecord", damaged);
            TFRecordException e = Refused(path, record);
            Assert.Equal(record, e.Place.Record);
            Assert.Matches("checksum [0-9A-F]{8}, expected [0-9A-F]{8}; the file is damaged|compressed bytes are", e.Message);
        }
    }

    [Fact]
    public void Read_SomethingBehindTheCompressedStream_IsRefused()
    {
        byte[] file = Compress(Frame([[1, 2, 3]]), gzip: true);
        Assert.Contains("something stands behind them", Refused(_folder.Write("two.gz", [.. file, .. file]), 2).Message);
        Assert.Contains("something stands behind them", Refused(_folder.Write("more.gz", [.. file, 1, 2, 3, 4]), 1).Message);
    }

    [Theory]
    [InlineData(1L << 20)]
    [InlineData(int.MaxValue)]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    [InlineData(-17L)]
    public void Read_LengthBeyondTheFileWithARightChecksum_IsRefusedWithoutAllocating(long length)
    {
        byte[] bytes = BitConverter.GetBytes(length);
        byte[] lie = [.. bytes, .. BitConverter.GetBytes(SlowCrc.Masked(bytes)), 1, 2, 3, 4, 5];
        byte[] plain = [.. Frame([[7]]), .. lie];
        foreach (byte[] file in new[] { plain, Compress(plain, gzip: true) })
        {
            string path = _folder.Write("r.tfrecord", file);
            long before = GC.GetAllocatedBytesForCurrentThread();
            TFRecordException e = Refused(path, 1);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
            Assert.Contains("record 1 (the first is 0) at byte 17: ", e.Message);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_MutatedFile_IsReadOrRefused(int seed)
    {
        var random = new Random(seed);
        byte[] plain = Frame(RandomRecords(seed, longest: 5000));
        byte[][] forms = [plain, Compress(plain, gzip: true), Compress(plain, gzip: false)];
        int refused = 0;
        for (int i = 0; i < 600; i++)
        {
            string path = _folder.Write("r.tfrecord", FuzzTests.Mutate(random, forms[i % 3]));
            refused += IsReadable(path) ? 0 : 1;
        }

        Assert.InRange(refused, 400, 600);
    }

    [Fact]
    public void Open_NoFile_SaysSo()
    {
        string path = _folder.PathOf("no.tfrecord");
        var e = Assert.Throws<TFRecordException>(() => TFRecordReader.Open(path));
        Assert.Equal($"{path}: there is no such file", e.Message);
        Assert.Equal(TensorFileFault.Path, e.Fault);
        Assert.Equal(TensorFileFault.Path, Assert.Throws<TFRecordException>(() => TFRecordReader.Open(_folder.Root)).Fault);
    }

    [Fact]
    public void WriteAndRead_ManyRecords_AllocateNothingEach()
    {
        byte[] record = new byte[700];
        using var stream = new MemoryStream(new byte[1 << 20]);
        var writer = new TFRecordWriter(stream);
        writer.Write(record);
        Assert.Equal(0, LeastAllocated(passes: 5, () => WriteMany(writer, record)));
        using var reader = TFRecordReader.Open(_folder.Write("r.tfrecord", stream.ToArray()[..(int)stream.Position]));
        Assert.True(reader.TryRead(out _));
        Assert.Equal(0, LeastAllocated(passes: 5, () => Assert.True(reader.TryRead(out _) && reader.TryRead(out _))));
    }

    private static void WriteMany(TFRecordWriter writer, byte[] record)
    {
        for (int i = 0; i < 200; i++)
        {
            writer.Write(record);
        }
    }

    // What each record takes is taken in every pass; what the runtime takes once, when it compiles anew, is not.
    private static long LeastAllocated(int passes, Action work)
    {
        long least = long.MaxValue;
        for (int pass = 0; pass < passes; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    [Theory]
    [InlineData("ten.none", 10)]
    [InlineData("ten.gzip", 10)]
    [InlineData("ten.gzip-level1", 10)]
    [InlineData("ten.zlib", 10)]
    [InlineData("ten.zlib-level9", 10)]
    [InlineData("odd.none", 3)]
    [InlineData("odd.zlib", 3)]
    public void Read_FilesOfTensorFlow_AreThePlainOnes(string name, int count)
    {
        const string Folder = "goldens/google/pretrain-data/compressed/";
        List<byte[]> records = ReadAll(SharedFolder.Path($"{Folder}{name}.tfrecord"));
        Assert.Equal(count, records.Count);
        byte[] plain = File.ReadAllBytes(SharedFolder.Path($"{Folder}{name.Split('.')[0]}.none.tfrecord"));
        Assert.Equal(plain, Frame(records));
        Assert.True(name[0] != 'o' || (records[0].Length == 0 && records[1].AsSpan().SequenceEqual("abc"u8) && records[2].Length == 768));
    }

    internal static byte[] Frame(IEnumerable<byte[]> records)
    {
        using var stream = new MemoryStream();
        var writer = new TFRecordWriter(stream);
        foreach (byte[] record in records)
        {
            writer.Write(record);
        }

        return stream.ToArray();
    }

    internal static List<byte[]> ReadAll(string path)
    {
        using var reader = TFRecordReader.Open(path);
        return Rest(reader);
    }

    private static List<byte[]> Rest(TFRecordReader reader)
    {
        var records = new List<byte[]>();
        while (reader.TryRead(out ReadOnlySpan<byte> record))
        {
            records.Add(record.ToArray());
        }

        return records;
    }

    private static List<TFRecordPlace> Places(string path)
    {
        using var reader = TFRecordReader.Open(path);
        List<TFRecordPlace> places = [reader.Next];
        while (reader.TryRead(out _))
        {
            places.Add(reader.Next);
        }

        return places;
    }

    // Reads the records before the damage, then is refused.
    private static TFRecordException Refused(string path, int most)
    {
        using var reader = TFRecordReader.Open(path);
        var e = Assert.Throws<TFRecordException>(() =>
        {
            for (int i = 0; i <= most; i++)
            {
                if (!reader.TryRead(out _))
                {
                    return;
                }
            }
        });
        Assert.StartsWith(path, e.Message);
        Assert.DoesNotContain(e.Message, char.IsControl);
        return e;
    }

    private static bool IsReadable(string path)
    {
        try
        {
            ReadAll(path);
            return true;
        }
        catch (TFRecordException e)
        {
            Assert.StartsWith(path, e.Message);
            Assert.DoesNotContain(e.Message, char.IsControl);
            return false;
        }
    }

    private static byte[][] RandomRecords(int seed, int longest = 1 << 18)
    {
        var random = new Random(seed);
        var records = new byte[random.Next(5, 30)][];
        for (int i = 0; i < records.Length; i++)
        {
            records[i] = new byte[random.Next(4) == 0 ? 0 : random.Next(10) == 0 ? random.Next(longest) : random.Next(300)];
            random.NextBytes(records[i]);
        }

        return records;
    }

    private static byte[] Compress(byte[] bytes, bool gzip)
    {
        using var stream = new MemoryStream();
        using (Stream compressing = gzip
            ? new GZipStream(stream, CompressionLevel.Optimal)
            : new ZLibStream(stream, CompressionLevel.Optimal))
        {
            // Without a write nothing at all is written, not even the stream's header.
            compressing.Write(bytes);
            compressing.Flush();
        }

        return stream.ToArray();
    }
}
