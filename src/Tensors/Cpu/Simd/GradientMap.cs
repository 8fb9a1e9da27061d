// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>A function of two numbers, for registers of any width: mostly a gradient from x and dY.</summary>
internal interface IPairMap
{
    /// <summary>The function of each pair of lanes.</summary>
    V Of<V>(V x, V dY)
        where V : unmanaged, ISimd<V>;
}

/// <summary>dX[i] = f(x[i], dY[i]), or that added to dX[i].</summary>
internal readonly unsafe struct GradientMap<TFunction>(TFunction function, float* x, float* dY, float* dX, bool add) : IRangeKernel
    where TFunction : struct, IPairMap
{
    private readonly TFunction _function = function;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        TFunction function = _function;
        float* first = x, second = dY, destination = dX;
        bool accumulate = add;
        int i = start;
        for (; i <= end - V.Count; i += V.Count)
        {
            V value = function.Of(V.Load(first + i), V.Load(second + i));
            V.Store(accumulate ? value + V.Load(destination + i) : value, destination + i);
        }

        if (i < end)
        {
            V value = function.Of(Tail.Load<V>(first + i, end - i), Tail.Load<V>(second + i, end - i));
            Tail.Store(accumulate ? value + Tail.Load<V>(destination + i, end - i) : value, destination + i, end - i);
        }
    }
}
