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

    /// <summary>Columns that become rows together: as many as there are floats in a line of the cache.</summary>
    private const int TransposedTogether = 16;

    /// <summary>An entry of a file.</summary>
    /// <param name="backend">Where the tensor is.</param>
    /// <param name="name">In the file.</param>
    /// <param name="tensor">Read when its turn has come.</param>
    /// <param name="elementBytes">4 for float32, 8 for float64.</param>
    public static TensorEntry Entry(IBackend backend, string name, Tensor tensor, int elementBytes) => new(
        name, TypeOf(elementBytes), LengthsOf(tensor.Shape), stream => Write(backend, tensor, elementBytes, stream));

    /// <summary>The same for a matrix [out, in] that the file has as [in, out].</summary>
    /// <inheritdoc cref="Entry"/>
    public static TensorEntry TransposedEntry(IBackend backend, string name, Tensor tensor, int elementBytes) => new(
        name, TypeOf(elementBytes), [tensor.Shape[1], tensor.Shape[0]], stream => WriteTransposed(backend, tensor, elementBytes, stream));

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

    private static ElementType TypeOf(int elementBytes) =>
        elementBytes == sizeof(double) ? ElementType.Float64 : ElementType.Float32;

    private static void WriteTransposed(IBackend backend, Tensor matrix, int elementBytes, Stream stream)
    {
        byte[] values = ArrayPool<byte>.Shared.Rent(matrix.Length * elementBytes);
        Span<byte> bytes = values.AsSpan(0, matrix.Length * elementBytes);
        Copy(backend, matrix, elementBytes, bytes);
        if (elementBytes == sizeof(double))
        {
            WriteTransposed<double>(MemoryMarshal.Cast<byte, double>(bytes), matrix.Shape[0], matrix.Shape[1], stream);
        }
        else
        {
            WriteTransposed<float>(MemoryMarshal.Cast<byte, float>(bytes), matrix.Shape[0], matrix.Shape[1], stream);
        }

        ArrayPool<byte>.Shared.Return(values);
    }

    private static void WriteTransposed<T>(ReadOnlySpan<T> values, int rows, int columns, Stream stream)
        where T : unmanaged
    {
        var piece = new T[TransposedTogether * rows];
        for (int first = 0; first < columns; first += TransposedTogether)
        {
            int count = Math.Min(TransposedTogether, columns - first);
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < count; c++)
                {
                    piece[(c * rows) + r] = values[(r * columns) + first + c];
                }
            }

            stream.Write(MemoryMarshal.AsBytes(piece.AsSpan(0, count * rows)));
        }
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
