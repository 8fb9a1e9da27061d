// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics.CodeAnalysis;

namespace BertManaged.Formats;

/// <summary>A checkpoint as named arrays, whatever its format. Opened by <see cref="TensorFiles.Open"/>.
/// Reading from several threads at once is safe; disposing while a read is under way is not.</summary>
public interface ITensorFile : IDisposable
{
    /// <summary>What the user named.</summary>
    string Path { get; }

    /// <summary>The format, in words: "safetensors" or "TensorFlow checkpoint".</summary>
    string Format { get; }

    /// <summary>All tensors, in ascending order of the UTF-8 bytes of their names.</summary>
    IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Free text that the file carries besides its tensors (safetensors' <c>__metadata__</c>); else empty.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>False for a TensorFlow checkpoint of which a data file is missing: names, types and shapes are there,
    /// values are not.</summary>
    bool HasData { get; }

    /// <summary>Whether this is a TensorFlow 2 object checkpoint (<c>tf.train.Checkpoint</c>), whose keys are paths
    /// through Python objects instead of variable names.</summary>
    bool IsObjectCheckpoint { get; }

    /// <summary>Finds a tensor by name.</summary>
    bool TryGet(string name, [MaybeNullWhen(false)] out TensorInfo info);

    /// <summary>Reads a tensor as float32, row-major. Any number type is accepted; wider ones are rounded to nearest,
    /// booleans become 0 and 1.</summary>
    /// <exception cref="ArgumentException">The destination's length is not the number of elements.</exception>
    /// <exception cref="TensorFileException">No such tensor, no data, a wrong checksum, or a type that is no number.</exception>
    void ReadSingles(string name, Span<float> destination);

    /// <summary>Gives the elements of a tensor where they lie, row-major, without a copy: only what is stored as float32 at an address
    /// that is a multiple of 4.</summary>
    /// <param name="name">Of the tensor.</param>
    /// <param name="elements">Valid until the file is disposed.</param>
    /// <returns>False if it must be read by <see cref="ReadSingles"/> instead.</returns>
    /// <exception cref="TensorFileException">No such tensor, no data, or a wrong checksum.</exception>
    bool TryView(string name, out ReadOnlySpan<float> elements);

    /// <summary>Reads a tensor as float64, row-major; otherwise as <see cref="ReadSingles"/>.</summary>
    /// <exception cref="ArgumentException">The destination's length is not the number of elements.</exception>
    /// <exception cref="TensorFileException">No such tensor, no data, a wrong checksum, or a type that is no number.</exception>
    void ReadDoubles(string name, Span<double> destination);

    /// <summary>Reads the stored bytes of a tensor, little-endian and row-major. Those of a string tensor are
    /// TensorFlow's encoding: lengths, checksum of the lengths, characters. Allocates.</summary>
    /// <exception cref="TensorFileException">No such tensor, no data, a wrong checksum, or more than 2 GiB.</exception>
    byte[] ReadBytes(string name);
}
