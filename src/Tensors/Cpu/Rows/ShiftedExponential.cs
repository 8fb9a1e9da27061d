// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>exp(x − shift): the terms of a softmax whose largest, or whose log of the sum, is the shift.</summary>
internal readonly struct ShiftedExponential(float shift) : IMap
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of<V>(V x)
        where V : unmanaged, ISimd<V> => Exponential.Exp(x - V.Broadcast(shift));
}
