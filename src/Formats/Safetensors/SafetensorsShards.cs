// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A model that Hugging Face has cut into several safetensors files, joined by
/// <c>model.safetensors.index.json</c>.</summary>
internal sealed class SafetensorsShards : TensorFile
{
    private readonly IReadOnlyDictionary<string, SafetensorsFile> _fileOfTensor;
    private readonly IReadOnlyCollection<SafetensorsFile> _files;

    private SafetensorsShards(
        string path, IReadOnlyDictionary<string, SafetensorsFile> fileOfTensor, IReadOnlyCollection<SafetensorsFile> files)
        : base(path, "safetensors", fileOfTensor.Select(pair => Info(path, pair.Key, pair.Value)))
    {
        _fileOfTensor = fileOfTensor;
        _files = files;
    }

    public override IReadOnlyDictionary<string, string> Metadata => _files.First().Metadata;

    /// <param name="path">What the user named.</param>
    /// <param name="indexPath">The index file; its shards lie beside it.</param>
    /// <exception cref="TensorFileException">A file cannot be read or breaks a rule, or a tensor is not where the index says.</exception>
    public static SafetensorsShards Open(string path, string indexPath)
    {
        IReadOnlyDictionary<string, string> shardNames = ShardIndex.Read(indexPath);
        string folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(indexPath))!;
        var files = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        try
        {
            foreach (string shard in shardNames.Values.Distinct(StringComparer.Ordinal))
            {
                files[shard] = OpenShard(System.IO.Path.Combine(folder, shard));
            }

            var fileOfTensor = shardNames.ToDictionary(pair => pair.Key, pair => files[pair.Value], StringComparer.Ordinal);
            return new SafetensorsShards(path, fileOfTensor, files.Values);
        }
        catch
        {
            DisposeAll(files.Values);
            throw;
        }
    }

    internal override ByteRange Locate(TensorInfo info) => _fileOfTensor[info.Name].Locate(info);

    protected override void Dispose(bool disposing) => DisposeAll(_files);

    private static TensorInfo Info(string path, string name, SafetensorsFile file) => file.TryGet(name, out TensorInfo? info)
        ? info
        : throw new TensorFileException(path, $"the index says that tensor '{name}' is in {System.IO.Path.GetFileName(file.Path)}, " +
            "which does not have it");

    private static SafetensorsFile OpenShard(string path) => SafetensorsFile.Open(path, path);

    private static void DisposeAll(IEnumerable<SafetensorsFile> files)
    {
        foreach (SafetensorsFile file in files)
        {
            file.Dispose();
        }
    }
}
