// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Formats;

/// <summary>A constant of an ONNX graph: a weight or a small number.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Float32 or Int64.</param>
/// <param name="Shape">Its dimensions; empty for a scalar.</param>
/// <param name="WriteTo">Writes its bytes, little-endian and row-major, exactly as many as type and shape ask for; called once, when its
/// turn has come, so that large tensors need not be in memory together.</param>
public sealed record OnnxTensor(string Name, ElementType Type, IReadOnlyList<long> Shape, Action<Stream> WriteTo)
{
    /// <summary>A number.</summary>
    public static OnnxTensor Of(string name, float value) =>
        new(name, ElementType.Float32, [], stream => stream.Write(MemoryMarshal.AsBytes<float>([value])));

    /// <summary>An int64 scalar.</summary>
    public static OnnxTensor Of(string name, long value) =>
        new(name, ElementType.Int64, [], stream => stream.Write(MemoryMarshal.AsBytes<long>([value])));

    /// <summary>A row of int64 numbers: a shape, or axes.</summary>
    public static OnnxTensor Of(string name, params long[] values) =>
        new(name, ElementType.Int64, [values.Length], stream => stream.Write(MemoryMarshal.AsBytes<long>(values)));

    /// <summary>A float32 array whose values are asked for when it is written.</summary>
    public static OnnxTensor Of(string name, IReadOnlyList<long> shape, Func<float[]> values) =>
        new(name, ElementType.Float32, shape, stream => WriteSingles(stream, values()));

    private static void WriteSingles(Stream stream, float[] values)
    {
        // In pieces, since a span of bytes holds less than 2 GiB.
        const int PieceElements = 1 << 20;
        for (int done = 0; done < values.Length; done += PieceElements)
        {
            stream.Write(MemoryMarshal.AsBytes(values.AsSpan(done, Math.Min(PieceElements, values.Length - done))));
        }
    }
}
