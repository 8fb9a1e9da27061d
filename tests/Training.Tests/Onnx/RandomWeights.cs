// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training.Tests.Onnx;

/// <summary>A checkpoint that has everything, each value a float32 drawn at random from a seed of its name.</summary>
internal sealed class RandomWeights : IWeightSource
{
    public string Name => "random weights";

    public bool Contains(string name) => true;

    public void Read(StoredName stored, IBackend backend, Tensor destination)
    {
        var random = new Random(stored.Name.Aggregate(17, (hash, c) => unchecked((hash * 31) + c)));
        backend.CopyFromHost(
            Enumerable.Range(0, destination.Length).Select(_ => (double)(random.NextSingle() - 0.5f)).ToArray(), destination);
    }
}
