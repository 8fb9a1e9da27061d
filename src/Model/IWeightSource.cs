// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model;

/// <summary>Trained values by name: a checkpoint, whatever its format.</summary>
public interface IWeightSource
{
    /// <summary>What the user named, for messages.</summary>
    string Name { get; }

    /// <summary>Whether there is a tensor of this name.</summary>
    bool Contains(string name);

    /// <summary>Copies a tensor into memory of a backend.</summary>
    /// <param name="stored">Name, and whether it is stored transposed.</param>
    /// <param name="backend">Owner of the destination.</param>
    /// <param name="destination">Of the shape that the model expects.</param>
    /// <exception cref="IOException">The stored shape differs, or the file is broken; the message names tensor and shapes.</exception>
    void Read(StoredName stored, IBackend backend, Tensor destination);

    /// <summary>Whether two tensors that are both there have the same shape, type and bits. What is made up is never compared.</summary>
    bool AreSame(string name, string other) => true;
}
