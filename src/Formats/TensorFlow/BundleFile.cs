// SPDX-License-Identifier: Apache-2.0
using System.Globalization;

namespace BertManaged.Formats;

/// <summary>A TensorFlow V2 checkpoint: an index and its data files.</summary>
internal sealed class BundleFile : TensorFile
{
    /// <summary>The ending of an index's name.</summary>
    public const string IndexSuffix = ".index";

    // The entry in which TensorFlow 2 keeps how the Python objects hang together.
    private const string ObjectGraph = "_CHECKPOINTABLE_OBJECT_GRAPH";

    private readonly IBundleFolder _folder;
    private readonly int _shardCount;
    private readonly Dictionary<string, BundleTensor> _tensors;
    private readonly Dictionary<int, ByteSource?> _shards = [];

    private BundleFile(string path, IBundleFolder folder, BundleIndex index)
        : base(path, "TensorFlow checkpoint", index.Tensors.Select(tensor => tensor.Info))
    {
        _folder = folder;
        _shardCount = index.ShardCount;
        _tensors = index.Tensors.ToDictionary(tensor => tensor.Info.Name, StringComparer.Ordinal);
    }

    public override bool HasData => !_shards.ContainsValue(null);

    public override bool IsObjectCheckpoint => _tensors.ContainsKey(ObjectGraph);

    /// <summary>Opens a bundle; the folder belongs to it from then on, and is disposed if opening fails.</summary>
    /// <param name="path">What the user named.</param>
    /// <param name="folder">Where the files are.</param>
    /// <exception cref="TensorFileException">The index is missing or damaged, or a data file is too short.</exception>
    public static BundleFile Open(string path, IBundleFolder folder)
    {
        BundleFile? file = null;
        try
        {
            string indexPath = folder.Prefix + IndexSuffix;
            using ByteSource source = folder.TryOpen(IndexSuffix)
                ?? throw new TensorFileException(indexPath, "there is no such file; a TensorFlow checkpoint needs " +
                    "its index", TensorFileFault.Path);
            file = new BundleFile(path, folder, BundleIndex.Read(source, indexPath));
            file.OpenShards();
            return file;
        }
        catch
        {
            file?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>The ending of a data file's name.</summary>
    public static string ShardSuffix(int number, int count) =>
        string.Create(CultureInfo.InvariantCulture, $".data-{number:D5}-of-{count:D5}");

    internal override ByteRange Locate(TensorInfo info)
    {
        BundleTensor tensor = _tensors[info.Name];
        return tensor.Slices.Count == 0 ? Stored(tensor) : Assemble(tensor);
    }

    protected override void Dispose(bool disposing)
    {
        foreach (ByteSource? shard in _shards.Values)
        {
            shard?.Dispose();
        }

        _folder.Dispose();
    }

    private void OpenShards()
    {
        foreach (BundleTensor tensor in _tensors.Values.SelectMany(WhatIsStored))
        {
            int number = tensor.Entry.Shard;
            if (!_shards.TryGetValue(number, out ByteSource? shard))
            {
                shard = _folder.TryOpen(ShardSuffix(number, _shardCount));
                _shards.Add(number, shard);
            }

            if (shard is not null && shard.Length < tensor.Entry.Offset + tensor.Entry.Size)
            {
                throw new TensorFileException(_folder.Prefix + ShardSuffix(number, _shardCount),
                    $"tensor '{tensor.Info.Name}' should lie at bytes {tensor.Entry.Offset} to " +
                    $"{tensor.Entry.Offset + tensor.Entry.Size}, but the file ends at {shard.Length}; it is cut short: copy or " +
                    "download it again");
            }
        }
    }

    private static IReadOnlyList<BundleTensor> WhatIsStored(BundleTensor tensor) => tensor.Slices.Count == 0 ? [tensor] : tensor.Slices;

    private ByteRange Stored(BundleTensor tensor)
    {
        string shardPath = _folder.Prefix + ShardSuffix(tensor.Entry.Shard, _shardCount);
        if (tensor.Info.Type == ElementType.Other)
        {
            throw new TensorFileException(shardPath, $"tensor '{tensor.Info.Name}' has TensorFlow's element type " +
                $"{tensor.Entry.DataType}, which is listed but not read");
        }

        ByteSource shard = _shards[tensor.Entry.Shard]
            ?? throw new TensorFileException(shardPath, $"there is no such file; tensor '{tensor.Info.Name}' has its " +
                "values there", TensorFileFault.Path);
        var range = new ByteRange(shard, tensor.Entry.Offset, tensor.Entry.Size);
        string? problem = tensor.Info.Type == ElementType.String ? StringProblem(tensor, range) : ChecksumProblem(tensor, range);
        return problem is null
            ? range
            : throw new TensorFileException(shardPath, $"tensor '{tensor.Info.Name}' at byte {range.Offset} is damaged: {problem}; " +
                "copy or download the file again");
    }

    private static string? ChecksumProblem(BundleTensor tensor, ByteRange range)
    {
        uint computed = Crc32C.Mask(range.Crc32C());
        return computed == tensor.Entry.MaskedCrc ? null : $"its bytes have checksum {computed:X8}, expected {tensor.Entry.MaskedCrc:X8}";
    }

    private static string? StringProblem(BundleTensor tensor, ByteRange range) => range.Length > Array.MaxLength
        ? $"it has {range.Length} bytes, more strings than are read"
        : StringTensor.Problem(range.Span(0, (int)range.Length), tensor.Info.ElementCount, tensor.Entry.MaskedCrc);

    private ByteRange Assemble(BundleTensor tensor)
    {
        int elementBytes = tensor.Info.Type.BitsPerElement() / 8;
        if (tensor.Info.ElementCount > Array.MaxLength / elementBytes)
        {
            throw new TensorFileException(Path, $"partitioned tensor '{tensor.Info.Name}' is larger than one array holds " +
                $"({Array.MaxLength} bytes)");
        }

        // All parts are found, and their checksums right, before the whole is allocated.
        ByteRange[] parts = [.. tensor.Slices.Select(Stored)];
        var whole = new byte[tensor.Info.ElementCount * elementBytes];
        for (int i = 0; i < parts.Length; i++)
        {
            SliceAssembly.Copy(tensor.Info.Shape, tensor.Entry.Slices[i], elementBytes, parts[i], whole);
        }

        return new ByteRange(new MemoryBytes(whole), 0, whole.Length);
    }
}
