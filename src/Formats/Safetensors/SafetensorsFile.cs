// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>One safetensors file, mapped into memory.</summary>
internal sealed class SafetensorsFile : TensorFile
{
    private readonly ByteSource _source;
    private readonly Dictionary<string, ByteRange> _ranges = new(StringComparer.Ordinal);

    private SafetensorsFile(string path, ByteSource source, SafetensorsHeader header)
        : base(path, "safetensors", header.Tensors.Select(tensor => tensor.Info))
    {
        _source = source;
        Metadata = header.Metadata;
        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            _ranges[tensor.Info.Name] = new ByteRange(source, header.DataStart + tensor.Begin, tensor.End - tensor.Begin);
        }
    }

    public override IReadOnlyDictionary<string, string> Metadata { get; }

    /// <param name="path">What the user named.</param>
    /// <param name="filePath">The file: the same, or what was found in the folder that was named.</param>
    /// <exception cref="TensorFileException">The file cannot be read or breaks a rule of the format.</exception>
    public static SafetensorsFile Open(string path, string filePath)
    {
        MappedFile source = MappedFile.Open(filePath);
        try
        {
            return new SafetensorsFile(path, source, SafetensorsHeader.Read(source, filePath));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    internal override ByteRange Locate(TensorInfo info) => _ranges[info.Name];

    protected override void Dispose(bool disposing) => _source.Dispose();
}
