// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Part-filled registers, for the end of a row. The lanes go through the same instructions as in a full register,
/// so that an element's value does not depend on its place in the row.</summary>
internal static unsafe class Tail
{
    /// <summary>The first <paramref name="count"/> floats at <paramref name="source"/>, 0 in the lanes behind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Load<V>(float* source, int count)
        where V : unmanaged, ISimd<V> => LoadOr<V>(source, count, 0);

    /// <summary>The first <paramref name="count"/> floats at <paramref name="source"/>, a filler in the lanes behind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V LoadOr<V>(float* source, int count, float filler)
        where V : unmanaged, ISimd<V>
    {
        V value = V.Broadcast(filler);
        var lanes = (float*)&value;
        for (int i = 0; i < count; i++)
        {
            lanes[i] = source[i];
        }

        return value;
    }

    /// <summary>The first <paramref name="count"/> lanes to memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void Store<V>(V value, float* destination, int count)
        where V : unmanaged, ISimd<V>
    {
        var lanes = (float*)&value;
        for (int i = 0; i < count; i++)
        {
            destination[i] = lanes[i];
        }
    }

    /// <summary>The first <paramref name="count"/> lanes, 0 behind.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Keep<V>(V value, int count)
        where V : unmanaged, ISimd<V> => Load<V>((float*)&value, count);

    /// <summary>The first lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float First<V>(V value)
        where V : unmanaged, ISimd<V> => *(float*)&value;
}
