// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>Weights of a file in which some names stand under a prefix, or of two files.</summary>
internal sealed class RenamedWeights(IWeightSource weights, Func<string, string> rename, IWeightSource? other = null) : IWeightSource
{
    public string Name => weights.Name;

    public bool Contains(string name) => weights.Contains(rename(name)) || (other is not null && other.Contains(rename(name)));

    public void Read(StoredName stored, IBackend backend, Tensor destination)
    {
        StoredName renamed = stored with { Name = rename(stored.Name) };
        (weights.Contains(renamed.Name) ? weights : other!).Read(renamed, backend, destination);
    }
}
