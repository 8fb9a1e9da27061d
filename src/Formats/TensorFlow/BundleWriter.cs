// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats;

/// <summary>Writes TensorFlow V2 checkpoints ("tensor bundles"), byte for byte as TensorFlow does: a data file with the bytes of all
/// tensors, and an index of their types, shapes, places and checksums. TensorFlow's third file, <c>.meta</c>, holds a graph; restoring
/// variables needs none.</summary>
/// <remarks>tensorflow/core/util/tensor_bundle/tensor_bundle.cc. Partitioned variables are read, but not written.</remarks>
public static class BundleWriter
{
    /// <summary>Writes a checkpoint: its files are there whole, or as they were before.</summary>
    /// <param name="prefix">What its files' names begin with: <c>…/model.ckpt-1000</c>.</param>
    /// <param name="tensors">The tensors, in any order; their bytes lie in the order of their names, as TensorFlow's Saver puts them. Those
    /// of type <see cref="ElementType.String"/> write TensorFlow's encoding, as <see cref="ITensorFile.ReadBytes"/> gives it.</param>
    /// <exception cref="ArgumentException">A name twice or that TensorFlow cannot store, a type that it has not, a negative
    /// dimension.</exception>
    /// <exception cref="InvalidOperationException">A tensor wrote more or fewer bytes than its type and shape ask for.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static void Write(string prefix, IReadOnlyList<TensorEntry> tensors)
    {
        using var files = new AtomicFileSet();
        Add(files, prefix, tensors);
        files.Commit();
    }

    /// <summary>Writes a checkpoint as part of a set of files; the data gets its name before the index does.</summary>
    /// <param name="files">The set, to be committed by its owner.</param>
    /// <param name="prefix">As for <see cref="Write"/>.</param>
    /// <param name="tensors">As for <see cref="Write"/>.</param>
    /// <returns>Of the index, which has the checksum of every tensor.</returns>
    /// <inheritdoc cref="Write"/>
    public static FileStamp Add(AtomicFileSet files, string prefix, IReadOnlyList<TensorEntry> tensors) =>
        AddShards(files, prefix, [[.. tensors.OrderBy(tensor => tensor.Name, Utf8Order.Comparer)]]);

    /// <summary>Writes a checkpoint with several data files as part of a set of files.</summary>
    /// <param name="files">The set, to be committed by its owner.</param>
    /// <param name="prefix">As for <see cref="Write"/>.</param>
    /// <param name="shards">The tensors of each data file, in the order in which their bytes lie there.</param>
    /// <returns>Of the index.</returns>
    /// <inheritdoc cref="Write"/>
    public static FileStamp AddShards(AtomicFileSet files, string prefix, IReadOnlyList<IReadOnlyList<TensorEntry>> shards)
    {
        ArgumentOutOfRangeException.ThrowIfZero(shards.Count);
        RequireStorable([.. shards.SelectMany(tensors => tensors)]);
        var entries = new SortedDictionary<string, BundleEntry>(Utf8Order.Comparer);
        for (int shard = 0; shard < shards.Count; shard++)
        {
            Stream data = files.Create(prefix + BundleFile.ShardSuffix(shard, shards.Count));
            WriteShard(data, shard, shards[shard], entries);
        }

        FileStamp stamp = default;
        FileStamp.Taken(index => WriteIndex(index, shards.Count, entries), taken => stamp = taken)(
            files.Create(prefix + BundleFile.IndexSuffix));
        return stamp;
    }

    private static void WriteIndex(Stream index, int shards, SortedDictionary<string, BundleEntry> entries)
    {
        var table = new SortedTableWriter(index);
        table.Add([], BundleHeader.ToBytes(shards));
        foreach ((string name, BundleEntry entry) in entries)
        {
            table.Add(Encoding.UTF8.GetBytes(name), entry.ToBytes());
        }

        table.Finish();
    }

    private static void WriteShard(
        Stream data, int shard, IReadOnlyList<TensorEntry> tensors, SortedDictionary<string, BundleEntry> entries)
    {
        long offset = 0;
        foreach (TensorEntry tensor in tensors)
        {
            (long size, uint crc) = tensor.Type == ElementType.String ? WriteStrings(data, tensor) : WriteElements(data, tensor);
            entries.Add(tensor.Name, new BundleEntry
            {
                DataType = DataTypes.NumberOf(tensor.Type)!.Value,
                Shape = tensor.Shape,
                Shard = shard,
                Offset = offset,
                Size = size,
                MaskedCrc = crc,
            });
            offset += size;
        }
    }

    private static (long Size, uint MaskedCrc) WriteElements(Stream data, TensorEntry tensor)
    {
        using var content = new ChecksumStream(data);
        tensor.WriteTo(content);
        TensorSize.TryBytes(Info(tensor), out long bytes);
        return content.Length == bytes
            ? (bytes, Crc32C.Mask(content.Crc32C))
            : throw new InvalidOperationException(
                $"'{tensor.Name}' wrote {content.Length} bytes, its type and shape ask for {bytes}.");
    }

    private static (long Size, uint MaskedCrc) WriteStrings(Stream data, TensorEntry tensor)
    {
        using var content = new MemoryStream();
        tensor.WriteTo(content);
        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        data.Write(bytes);
        return StringTensor.Problem(bytes, Info(tensor).ElementCount, out uint maskedCrc) is { } problem
            ? throw new InvalidOperationException($"'{tensor.Name}' wrote no encoding of strings: {problem}.")
            : (bytes.Length, maskedCrc);
    }

    private static void RequireStorable(TensorEntry[] tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorEntry tensor in tensors)
        {
            // A key that is empty is the header's, one that begins with zero a slice's.
            if (tensor.Name.Length == 0 || tensor.Name[0] == '\0' || !names.Add(tensor.Name))
            {
                throw new ArgumentException($"The name '{tensor.Name}' occurs twice or is reserved.", nameof(tensors));
            }

            if (DataTypes.NumberOf(tensor.Type) is null || !TensorSize.TryBytes(Info(tensor), out _))
            {
                throw new ArgumentException(
                    $"'{tensor.Name}' has type {tensor.Type.Name()} and shape {Info(tensor).ShapeText}, which a checkpoint cannot hold.",
                    nameof(tensors));
            }
        }
    }

    private static TensorInfo Info(TensorEntry tensor) => new(tensor.Name, tensor.Type, tensor.Shape);
}
