// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>The weights of a file of tensors, in the shape and orientation that the model wants.</summary>
public sealed class CheckpointWeights : IWeightSource
{
    private readonly ITensorFile _file;

    /// <summary>Takes a file that holds a BERT.</summary>
    /// <param name="file">Stays the caller's to dispose.</param>
    /// <exception cref="TensorFileException">It holds names and shapes only, or is a TensorFlow 2 object checkpoint.</exception>
    public CheckpointWeights(ITensorFile file)
    {
        _file = file.IsObjectCheckpoint
            ? throw new TensorFileException(
                file.Path,
                "expected a checkpoint with variable names (bert/embeddings/…), found a TensorFlow 2 object checkpoint; "
                + "convert it to one of names, or to a Hugging Face folder")
            : !file.HasData
                ? throw new TensorFileException(
                    file.Path, "its data file is missing beside the .index file, so that there are names and shapes but no values")
                : file;
    }

    /// <inheritdoc/>
    public string Name => _file.Path;

    /// <inheritdoc/>
    public bool Contains(string name) => _file.TryGet(name, out _);

    /// <summary>Lengths of a stored tensor; null if there is none of this name.</summary>
    public IReadOnlyList<long>? ShapeOf(string name) => _file.TryGet(name, out TensorInfo? info) ? info.Shape : null;

    /// <inheritdoc/>
    public void Read(StoredName stored, IBackend backend, Tensor destination)
    {
        Shape shape = stored.IsTransposed ? new Shape(destination.Shape[1], destination.Shape[0]) : destination.Shape;
        TensorInfo info = Checked(stored.Name, shape);
        if (info.Type == ElementType.Float64)
        {
            double[] values = GC.AllocateUninitializedArray<double>(destination.Length);
            _file.ReadDoubles(stored.Name, values);
            backend.CopyFromHost(stored.IsTransposed ? Transposed<double>(values, shape) : values, destination);
        }
        else
        {
            ReadOnlySpan<float> values = Singles(stored.Name, destination.Length);
            backend.CopyFromHost(stored.IsTransposed ? Transposed(values, shape) : values, destination);
        }
    }

    /// <inheritdoc/>
    public bool AreSame(string name, string other) =>
        _file.TryGet(name, out TensorInfo? first) && _file.TryGet(other, out TensorInfo? second)
        && first.Type == second.Type && first.Shape.SequenceEqual(second.Shape) && Bytes(name).SequenceEqual(Bytes(other));

    private ReadOnlySpan<byte> Bytes(string name) =>
        _file.TryView(name, out ReadOnlySpan<float> inPlace) ? MemoryMarshal.AsBytes(inPlace) : _file.ReadBytes(name);

    /// <summary>The elements where they lie in the file, or else widened in an array.</summary>
    private ReadOnlySpan<float> Singles(string name, int length)
    {
        if (_file.TryView(name, out ReadOnlySpan<float> inPlace))
        {
            return inPlace;
        }

        float[] values = GC.AllocateUninitializedArray<float>(length);
        _file.ReadSingles(name, values);
        return values;
    }

    private TensorInfo Checked(string name, Shape expected)
    {
        _file.TryGet(name, out TensorInfo? info);
        return info!.Shape.SequenceEqual(expected.ToArray().Select(length => (long)length))
            ? info
            : throw new TensorFileException(
                _file.Path,
                    $"{name} has shape {info.ShapeText}, but the config asks for {expected}; "
                    + "give the config that belongs to this checkpoint");
    }

    private static T[] Transposed<T>(ReadOnlySpan<T> values, Shape shape)
    {
        T[] transposed = GC.AllocateUninitializedArray<T>(values.Length);
        (int rows, int columns) = (shape[0], shape[1]);
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                transposed[(c * rows) + r] = values[(r * columns) + c];
            }
        }

        return transposed;
    }
}
