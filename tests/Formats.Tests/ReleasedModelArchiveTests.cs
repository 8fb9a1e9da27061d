// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text;
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

public sealed class ReleasedModelArchiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", CompressionLevel.Optimal)]
    [InlineData("uncased_L-12_H-768_A-12/", CompressionLevel.NoCompression)]
    [InlineData("a/b/", CompressionLevel.SmallestSize)]
    [InlineData("../../", CompressionLevel.Optimal)]
    public void Open_ArchiveWithAnyTopFolder_IsRead(string top, CompressionLevel level)
    {
        string zip = Zip(level, ModelIn(top));
        Assert.True(ReleasedModelArchive.IsArchive(zip));
        using (ITensorFile file = TensorFiles.Open(zip))
        {
            var values = new float[3];
            file.ReadSingles("x", values);
            Assert.Equal([1, 2, 3], values);
            Assert.Equal(zip, file.Path);
        }

        Assert.Equal("[PAD]\n[UNK]\n"u8, ReleasedModelArchive.ReadEntry(zip, "vocab.txt"));
        Assert.True(ReleasedModelArchive.HasEntry(zip, "vocab.txt"));
        Assert.False(ReleasedModelArchive.HasEntry(zip, "bert_config.json"));
        Assert.Equal(["model.zip"], _folder.FileNames());
    }

    [Fact]
    public void ReadEntry_Golden_GivesItsFiles()
    {
        string zip = SharedFolder.Path("goldens/google/checkpoint-tiny/uncased_L-3_H-20_A-4.zip");
        Assert.Equal(
            File.ReadAllBytes(SharedFolder.Path("goldens/google/checkpoint-tiny/vocab.txt")),
            ReleasedModelArchive.ReadEntry(zip, "vocab.txt"));
        Assert.Contains(
            "\"hidden_size\": 20", Encoding.UTF8.GetString(ReleasedModelArchive.ReadEntry(zip, "bert_config.json")),
            StringComparison.Ordinal);
        Complaint.ReadEverything(zip);
    }

    [Fact]
    public void Open_ArchiveMadeOnMacOs_IgnoresItsShadows()
    {
        Complaint.ReadEverything(Zip(CompressionLevel.Optimal,
            [.. ModelIn("m/"), ("__MACOSX/m/._bert_model.ckpt.index", [1, 2]), ("m/._bert_model.ckpt.index", [1])]));
    }

    [Fact]
    public void Open_ArchiveWithoutOneCheckpoint_SaysWhat()
    {
        Assert.Contains(
            "found no *.index among its 1 files", Complaint.Of(Zip(CompressionLevel.Optimal, ("readme.md", [1]))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "pickled objects", Complaint.Of(Zip(CompressionLevel.Optimal, ("archive/data.pkl", [1]))).Message, StringComparison.Ordinal);
        Assert.Contains("found a/bert_model.ckpt.index, b/bert_model.ckpt.index",
            Complaint.Of(Zip(CompressionLevel.Optimal, [.. ModelIn("a/"), .. ModelIn("b/")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ArchiveWithoutDataFile_ListsAndHasNoData()
    {
        using ITensorFile file = TensorFiles.Open(
            Zip(CompressionLevel.Optimal, [.. ModelIn("").Where(entry => !entry.Name.Contains(".data-", StringComparison.Ordinal))]));
        Assert.False(file.HasData);
        Assert.Contains("bert_model.ckpt.data-00000-of-00001: there is no such file",
            Assert.Throws<TensorFileException>(() => file.ReadBytes("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadEntry_MissingFile_SaysWhatToDo()
    {
        string zip = Zip(CompressionLevel.Optimal, ModelIn("m/"));
        var e = Assert.Throws<TensorFileException>(() => ReleasedModelArchive.ReadEntry(zip, "bert_config.json"));
        Assert.Equal($"{zip}: the archive has no bert_config.json beside its checkpoint; give that file by its own option", e.Message);
    }

    [Fact]
    public void IsArchive_OtherFiles_IsFalse()
    {
        Assert.False(ReleasedModelArchive.IsArchive(_folder.Write("a.zip", "PK")));
        Assert.False(ReleasedModelArchive.IsArchive(_folder.Write("b.zip", SafetensorsBuilder.Small())));
        Assert.False(ReleasedModelArchive.IsArchive(_folder.PathOf("missing.zip")));
        Assert.False(ReleasedModelArchive.IsArchive(_folder.Root));
        Assert.Contains("cannot be read as a .zip", Complaint.Of(_folder.PathOf("a.zip")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EntryThatClaimsTooMuch_IsRefusedBeforeItIsAllocated()
    {
        string path = Zip(CompressionLevel.Optimal, ModelIn(""));
        byte[] bytes = File.ReadAllBytes(path);

        // The uncompressed size of every entry of the central directory becomes 1 GiB.
        for (int i = 0; i + 46 < bytes.Length; i++)
        {
            if (bytes.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8))
            {
                BitConverter.GetBytes(1 << 30).CopyTo(bytes, i + 24);
            }
        }

        Assert.Contains(
            "which cannot be; the archive is damaged", Complaint.Of(_folder.Write("model.zip", bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadEntry_DamagedText_IsNoticed()
    {
        string path = Zip(CompressionLevel.NoCompression, ModelIn(""));
        byte[] bytes = File.ReadAllBytes(path);
        bytes[bytes.AsSpan().IndexOf("[UNK]"u8) + 1] ^= 1;
        _folder.Write("model.zip", bytes);
        var e = Assert.Throws<TensorFileException>(() => ReleasedModelArchive.ReadEntry(path, "vocab.txt"));
        Assert.Contains("vocab.txt: it cannot be unpacked", e.Message, StringComparison.Ordinal);
    }

    private static (string Name, byte[] Content)[] ModelIn(string top)
    {
        BundleBuilder builder = new BundleBuilder().AddFloats("x", [3], 1, 2, 3).AddFloats("y", [500], new float[500]);
        return
        [
            (top + "bert_model.ckpt.index", new TableBuilder().Build(builder.Table())),
            (top + "bert_model.ckpt.data-00000-of-00001", builder.Data),
            (top + "vocab.txt", "[PAD]\n[UNK]\n"u8.ToArray()),
        ];
    }

    private string Zip(CompressionLevel level, params (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = zip.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return _folder.Write("model.zip", stream.ToArray());
    }
}
