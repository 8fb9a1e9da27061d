// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Runtime.InteropServices;
using BertManaged.Formats;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Tensors of a backend on their way into a file, piece by piece: a large table is never there twice.</summary>
internal static class TensorContent
{
    private const int PieceElements = 1 << 17;

    /// <summary>An entry of a safetensors file.</summary>
    /// <param name="backend">Where the tensor is.</param>
    /// <param name="name">In the file.</param>
    /// <param name="tensor">Read when its turn has come.</param>
    /// <param name="elementBytes">4 for float32, 8 for float64.</param>
    public static TensorEntry Entry(IBackend backend, string name, Tensor tensor, int elementBytes)
    {
        ElementType type = elementBytes == sizeof(double) ? ElementType.Float64 : ElementType.Float32;
        return new TensorEntry(name, type, LengthsOf(tensor.Shape), stream => Write(backend, tensor, elementBytes, stream));
    }

    /// <summary>Lengths of a shape as files have them.</summary>
    public static IReadOnlyList<long> LengthsOf(Shape shape) => [.. shape.ToArray().Select(length => (long)length)];

    /// <summary>Writes the elements, little-endian and row-major.</summary>
    public static void Write(IBackend backend, Tensor tensor, int elementBytes, Stream stream)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceElements * elementBytes);
        for (int done = 0; done < tensor.Length; done += PieceElements)
        {
            int count = Math.Min(PieceElements, tensor.Length - done);
            Span<byte> bytes = buffer.AsSpan(0, count * elementBytes);
            Copy(backend, tensor.View(done, new Shape(count)), elementBytes, bytes);
            stream.Write(bytes);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static void Copy(IBackend backend, Tensor piece, int elementBytes, Span<byte> bytes)
    {
        if (elementBytes == sizeof(double))
        {
            backend.CopyToHost(piece, MemoryMarshal.Cast<byte, double>(bytes));
        }
        else
        {
            backend.CopyToHost(piece, MemoryMarshal.Cast<byte, float>(bytes));
        }
    }
}
