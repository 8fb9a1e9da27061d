// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;

namespace BertManaged.Formats.Tests;

/// <summary>Files changed at random, from fixed seeds: each is read, or refused in one line; nothing else ever happens.</summary>
public sealed class FuzzTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Open_MutatedSafetensors_IsReadOrRefused(int seed)
    {
        var random = new Random(seed);
        byte[] sound = SafetensorsBuilder.Small();
        int refused = Enumerable.Range(0, 1500).Count(_ => !Complaint.IsReadable(_folder.Write("m.safetensors", Mutate(random, sound))));
        Assert.InRange(refused, 500, 1499);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Open_MutatedShardIndex_IsReadOrRefused(int seed)
    {
        var random = new Random(seed);
        _folder.Write("model-1.safetensors", SafetensorsBuilder.Small());
        byte[] sound = """{"metadata":{"total_size":24},"weight_map":{"a":"model-1.safetensors","b":"model-1.safetensors"}}"""u8.ToArray();
        int refused = Enumerable.Range(0, 1000)
            .Count(_ => !Complaint.IsReadable(_folder.Write("model.safetensors.index.json", Mutate(random, sound))));
        Assert.InRange(refused, 300, 999);
    }

    [Theory]
    [InlineData(6, ".index")]
    [InlineData(7, ".index")]
    [InlineData(8, ".data-00000-of-00001")]
    public void Open_MutatedBundle_IsReadOrRefused(int seed, string suffix)
    {
        var random = new Random(seed);
        string prefix = Bundle().Write(_folder);
        byte[] sound = File.ReadAllBytes(prefix + suffix);
        int refused = Enumerable.Range(0, 1000).Count(_ =>
        {
            File.WriteAllBytes(prefix + suffix, Mutate(random, sound));
            return !Complaint.IsReadable(prefix);
        });
        Assert.InRange(refused, 700, 1000);
    }

    // Checksums stop the mutations above early; here they are made after the damage.
    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    public void Open_MutatedBlocksWithSoundChecksums_AreReadOrRefused(int seed, bool compress)
    {
        var random = new Random(seed);
        var table = new TableBuilder
        {
            EntriesPerBlock = 3,
            RestartInterval = 2,
            Compress = compress,
            Tamper = block => random.Next(3) == 0 ? Mutate(random, block) : block,
        };
        int refused = Enumerable.Range(0, 800).Count(_ => !Complaint.IsReadable(Bundle().Write(_folder, table: table)));
        Assert.InRange(refused, 300, 799);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Open_MutatedEntriesInSoundTables_AreReadOrRefused(int seed)
    {
        var random = new Random(seed);
        int refused = Enumerable.Range(0, 600).Count(_ =>
        {
            BundleBuilder builder = Bundle();
            string[] keys = [.. builder.Entries.Keys];
            string key = keys[random.Next(keys.Length)];
            builder.Entries[key] = Mutate(random, builder.Entries[key]);
            return !Complaint.IsReadable(builder.Write(_folder));
        });
        Assert.InRange(refused, 200, 599);
    }

    [Theory]
    [InlineData(14, CompressionLevel.Optimal)]
    [InlineData(15, CompressionLevel.NoCompression)]
    public void Open_MutatedArchive_IsReadOrRefused(int seed, CompressionLevel level)
    {
        var random = new Random(seed);
        BundleBuilder builder = Bundle();
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "m/x.ckpt.index", new TableBuilder().Build(builder.Table()), level);
            Add(zip, "m/x.ckpt.data-00000-of-00001", builder.Data, level);
        }

        byte[] sound = stream.ToArray();
        int refused = Enumerable.Range(0, 1000).Count(_ => !Complaint.IsReadable(_folder.Write("m.zip", Mutate(random, sound))));
        Assert.InRange(refused, 200, 999);
    }

    [Fact]
    public void Open_MutatedState_IsReadOrRefused()
    {
        var random = new Random(16);
        Bundle().Write(_folder, "model.ckpt-1");
        byte[] sound = "model_checkpoint_path: \"model.ckpt-1\"\nall_model_checkpoint_paths: \"model\\.ckpt\\055\\x31\"\n"u8.ToArray();
        int refused = Enumerable.Range(0, 1000).Count(_ =>
        {
            _folder.Write("checkpoint", Mutate(random, sound));
            return !Complaint.IsReadable(_folder.Root);
        });
        Assert.InRange(refused, 300, 1000);
    }

    private static BundleBuilder Bundle() => new BundleBuilder()
        .AddPartitioned("p", 1, [3], [(0, 2)], [(2, 1)])
        .AddFloats(BundleBuilder.SliceName("p", (0, 2)), [2], 1, 2)
        .AddFloats(BundleBuilder.SliceName("p", (2, 1)), [1], 3)
        .AddFloats("a/kernel", [2, 2], 1, 2, 3, 4)
        .AddFloats("a/kernel/adam_m", [2, 2], 1, 2, 3, 4)
        .Add("global_step", 9, [], new byte[8])
        .Add("half", 19, [3], new byte[6])
        .AddStrings("text", "a", "", new string('x', 200));

    private static void Add(ZipArchive zip, string name, byte[] content, CompressionLevel level)
    {
        using Stream entry = zip.CreateEntry(name, level).Open();
        entry.Write(content);
    }

    internal static byte[] Mutate(Random random, byte[] sound)
    {
        List<byte> bytes = [.. sound];
        for (int changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes[at] = (byte)(random.Next(2) * 255);
                    break;
                case 3:
                    bytes.RemoveAt(at);
                    break;
                case 4:
                    bytes.Insert(at, bytes[random.Next(bytes.Count)]);
                    break;
                default:
                    bytes.RemoveRange(at, Math.Min(random.Next(8), bytes.Count - at));
                    break;
            }
        }

        return [.. bytes];
    }
}
