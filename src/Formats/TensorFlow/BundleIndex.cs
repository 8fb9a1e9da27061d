// SPDX-License-Identifier: Apache-2.0
using System.Text;
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>The index of a TensorFlow checkpoint ("tensor bundle", V2): what tensors there are and where their bytes lie.</summary>
internal sealed class BundleIndex
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;

    // Keys are bytes; Latin-1 makes strings of them one to one.
    private readonly Dictionary<string, BundleEntry> _slices = new(StringComparer.Ordinal);
    private readonly List<BundleTensor> _tensors = [];

    private BundleIndex(string path, int shardCount)
    {
        _path = path;
        ShardCount = shardCount;
    }

    /// <summary>How many data files the checkpoint has.</summary>
    public int ShardCount { get; }

    public IReadOnlyList<BundleTensor> Tensors => _tensors;

    /// <exception cref="TensorFileException">The index is damaged or breaks a rule of the format.</exception>
    public static BundleIndex Read(ByteSource source, string path)
    {
        IReadOnlyList<TableEntry> table = SortedTable.Read(source, path);
        if (table.Count == 0 || table[0].Key.Length != 0)
        {
            throw new TensorFileException(path, "the first entry should be the header of a TensorFlow V2 checkpoint; V1 checkpoints " +
                "(TensorFlow before 0.12) are not read");
        }

        try
        {
            var header = BundleHeader.Parse(table[0].Value);
            var index = new BundleIndex(path, header.ShardCount);
            index.Add(header.Problem is null ? table.Skip(1) : throw new TensorFileException(path, header.Problem));
            return index;
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new TensorFileException(path, $"an entry is no valid protocol buffer ({e.Message})", inner: e);
        }
    }

    // Keys of slices begin with a zero byte and so come before all names.
    private void Add(IEnumerable<TableEntry> entries)
    {
        foreach (TableEntry entry in entries)
        {
            if (entry.Key[0] == 0)
            {
                _slices.Add(Encoding.Latin1.GetString(entry.Key), BundleEntry.Parse(entry.Value));
            }
            else
            {
                _tensors.Add(Check(NameOf(entry.Key), BundleEntry.Parse(entry.Value)));
            }
        }
    }

    private string NameOf(byte[] key)
    {
        try
        {
            return StrictUtf8.GetString(key);
        }
        catch (DecoderFallbackException e)
        {
            throw new TensorFileException(_path, $"the name '{Encoding.Latin1.GetString(key)}' is not UTF-8", inner: e);
        }
    }

    private BundleTensor Check(string name, BundleEntry entry)
    {
        var info = new TensorInfo(name, DataTypes.ElementTypeOf(entry.DataType), entry.Shape);
        if (entry.UnknownRank || !TensorSize.TryBytes(info, out long bytes))
        {
            throw Wrong(name, $"shape {info.ShapeText} of {info.Type.Name()} is not known or has a size that is not below 2^63 bytes");
        }

        if (entry.Slices.Count > 0)
        {
            return new BundleTensor(info, entry, CheckSlices(info, entry));
        }

        if (entry.Shard < 0 || entry.Shard >= ShardCount)
        {
            throw Wrong(name, $"data file {entry.Shard} is not among the {ShardCount} of the header");
        }

        if (entry.Offset < 0 || entry.Size < 0 || entry.Offset > long.MaxValue - entry.Size)
        {
            throw Wrong(name, $"offset {entry.Offset} and size {entry.Size} are no part of a file");
        }

        return info.Type.BitsPerElement() == 0 || bytes == entry.Size
            ? new BundleTensor(info, entry, [])
            : throw Wrong(name, $"shape {info.ShapeText} of {info.Type.Name()} takes {bytes} bytes, the index gives it {entry.Size}");
    }

    private List<BundleTensor> CheckSlices(TensorInfo info, BundleEntry entry)
    {
        if (info.Type.BitsPerElement() == 0)
        {
            throw Wrong(info.Name, $"a partitioned variable of type {info.Type.Name()} is not read");
        }

        if (SliceAssembly.Problem(info.Shape, entry.Slices) is { } problem)
        {
            throw Wrong(info.Name, problem);
        }

        return [.. entry.Slices.Select(slice => CheckSlice(info, entry, slice))];
    }

    private BundleTensor CheckSlice(TensorInfo info, BundleEntry whole, IReadOnlyList<SliceExtent> slice)
    {
        string key = Encoding.Latin1.GetString(SliceKey.Encode(Encoding.UTF8.GetBytes(info.Name), slice));
        string where = $"{info.Name} {string.Join(':', slice.Select(extent => $"{extent.Start},{extent.Length}"))}";
        if (!_slices.TryGetValue(key, out BundleEntry? entry))
        {
            throw Wrong(info.Name, $"the index has no entry for its slice {where}");
        }

        return entry.Slices.Count == 0 && entry.DataType == whole.DataType
            && entry.Shape.SequenceEqual(SliceAssembly.ShapeOf(info.Shape, slice))
            ? Check(where, entry)
            : throw Wrong(info.Name, $"type or shape of its slice {where} do not agree with the whole variable's");
    }

    private TensorFileException Wrong(string name, string problem) => new(_path, $"tensor '{name}': {problem}");
}
