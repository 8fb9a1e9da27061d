// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>A function of one number, for registers of any width.</summary>
internal interface IMap
{
    /// <summary>The function of each lane.</summary>
    V Of<V>(V x)
        where V : unmanaged, ISimd<V>;
}

/// <summary>y[i] = f(x[i]).</summary>
internal readonly unsafe struct Map<TFunction>(TFunction function, float* x, float* y) : IRangeKernel
    where TFunction : struct, IMap
{
    private readonly TFunction _function = function;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        TFunction function = _function;
        float* source = x, destination = y;
        int i = start;
        for (; i <= end - V.Count; i += V.Count)
        {
            V.Store(function.Of(V.Load(source + i)), destination + i);
        }

        if (i < end)
        {
            Tail.Store(function.Of(Tail.Load<V>(source + i, end - i)), destination + i, end - i);
        }
    }
}
