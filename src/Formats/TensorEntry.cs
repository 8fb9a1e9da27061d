// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Formats;

/// <summary>A tensor to be written by <see cref="SafetensorsWriter"/> or <see cref="BundleWriter"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">What its elements are; a type that the format has.</param>
/// <param name="Shape">Its dimensions, each at least 0; empty for a scalar.</param>
/// <param name="WriteTo">Writes its bytes, little-endian and row-major, exactly as many as type and shape ask for;
/// called once, when its turn has come, so that large tensors need not be in memory together.</param>
public sealed record TensorEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, Action<Stream> WriteTo)
{
    /// <summary>A float32 tensor that is in memory.</summary>
    public static TensorEntry Of(string name, IReadOnlyList<long> shape, ReadOnlyMemory<float> values) =>
        new(name, ElementType.Float32, shape, stream => WriteElements(stream, values));

    /// <summary>A float64 tensor that is in memory.</summary>
    public static TensorEntry Of(string name, IReadOnlyList<long> shape, ReadOnlyMemory<double> values) =>
        new(name, ElementType.Float64, shape, stream => WriteElements(stream, values));

    /// <summary>An int32 tensor that is in memory.</summary>
    public static TensorEntry Of(string name, IReadOnlyList<long> shape, ReadOnlyMemory<int> values) =>
        new(name, ElementType.Int32, shape, stream => WriteElements(stream, values));

    /// <summary>An int64 tensor that is in memory.</summary>
    public static TensorEntry Of(string name, IReadOnlyList<long> shape, ReadOnlyMemory<long> values) =>
        new(name, ElementType.Int64, shape, stream => WriteElements(stream, values));

    private static void WriteElements<T>(Stream stream, ReadOnlyMemory<T> values)
        where T : unmanaged
    {
        // In pieces, since a span of bytes holds less than 2 GiB.
        const int PieceElements = 1 << 20;
        for (int done = 0; done < values.Length; done += PieceElements)
        {
            int count = Math.Min(PieceElements, values.Length - done);
            stream.Write(MemoryMarshal.AsBytes(values.Span.Slice(done, count)));
        }
    }
}
