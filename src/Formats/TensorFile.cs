// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace BertManaged.Formats;

/// <summary>What all formats share: the list of tensors, finding one, converting its elements.
/// A format adds where a tensor's bytes lie.</summary>
internal abstract class TensorFile : ITensorFile
{
    private readonly Dictionary<string, TensorInfo> _byName;

    protected TensorFile(string path, string format, IEnumerable<TensorInfo> tensors)
    {
        Path = path;
        Format = format;
        Tensors = [.. tensors.OrderBy(tensor => tensor.Name, Utf8Order.Comparer)];
        _byName = Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    public string Path { get; }

    public string Format { get; }

    public IReadOnlyList<TensorInfo> Tensors { get; }

    public virtual IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    public virtual bool HasData => true;

    public virtual bool IsObjectCheckpoint => false;

    public bool TryGet(string name, [MaybeNullWhen(false)] out TensorInfo info) => _byName.TryGetValue(name, out info);

    public void ReadSingles(string name, Span<float> destination) => Read(name, destination);

    public void ReadDoubles(string name, Span<double> destination) => Read(name, destination);

    public bool TryView(string name, out ReadOnlySpan<float> elements)
    {
        elements = [];
        TensorInfo info = Find(name);
        if (info.Type != ElementType.Float32 || info.ElementCount > Array.MaxLength / sizeof(float))
        {
            return false;
        }

        ByteRange range = Locate(info);
        ReadOnlySpan<byte> bytes = range.Span(0, (int)range.Length);
        if (!IsAligned(bytes))
        {
            return false;
        }

        elements = MemoryMarshal.Cast<byte, float>(bytes);
        return true;
    }

    public byte[] ReadBytes(string name)
    {
        TensorInfo info = Find(name);
        ByteRange range = Locate(info);
        if (range.Length > Array.MaxLength)
        {
            throw new TensorFileException(Path, $"tensor '{name}' has {range.Length} bytes, more than one array holds " +
                $"({Array.MaxLength})");
        }

        return range.Span(0, (int)range.Length).ToArray();
    }

    /// <summary>Finds the bytes of a tensor of this file and checks their checksum where the format has one.</summary>
    /// <exception cref="TensorFileException">They are not there, or not what was written.</exception>
    internal abstract ByteRange Locate(TensorInfo info);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    private static unsafe bool IsAligned(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return (nuint)start % sizeof(float) == 0;
        }
    }

    private void Read<T>(string name, Span<T> destination)
        where T : unmanaged, INumberBase<T>
    {
        TensorInfo info = Find(name);
        if (!info.Type.IsConvertible())
        {
            throw new TensorFileException(Path, $"tensor '{name}' has element type {info.Type.Name()}, which is not read as numbers");
        }

        if (destination.Length != info.ElementCount)
        {
            throw new ArgumentException(
                $"'{name}' has shape {info.ShapeText}, {info.ElementCount} elements; the destination has {destination.Length}.",
                nameof(destination));
        }

        ElementConversion.Convert(info.Type, Locate(info), destination);
    }

    private TensorInfo Find(string name) => TryGet(name, out TensorInfo? info)
        ? info
        : throw new TensorFileException(Path, $"there is no tensor '{name}' among the {Tensors.Count} of this {Format}");
}
