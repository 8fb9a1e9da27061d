// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Bench;

/// <summary>Data of the benchmarks.</summary>
internal static class RandomTensor
{
    /// <summary>Persistent, uniform in [−3, 3), the same each time.</summary>
    public static Tensor Of(CpuBackend backend, Shape shape)
    {
        var random = new Random(1);
        var values = new float[shape.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)((6 * random.NextDouble()) - 3);
        }

        Tensor tensor = backend.Allocate(shape, Lifetime.Persistent);
        backend.CopyFromHost(values, tensor);
        return tensor;
    }
}
