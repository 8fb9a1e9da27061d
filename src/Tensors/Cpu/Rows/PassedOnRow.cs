// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>A row on its way past a residual connection, forward or backward: dropped or not, added to something or not.</summary>
internal static unsafe class PassedOnRow
{
    /// <summary>y = dropout(x) + addend.</summary>
    /// <param name="dropout">Or null.</param>
    /// <param name="row">Number of the row, for the dropout.</param>
    /// <param name="x">Source.</param>
    /// <param name="y">Destination.</param>
    /// <param name="columns">Length of the row.</param>
    /// <param name="addend">Or null; may be <paramref name="y"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V>(DropoutMask? dropout, int row, float* x, float* y, int columns, float* addend)
        where V : unmanaged, ISimd<V>
    {
        if (dropout is { } mask)
        {
            DropoutRow.Apply<V>(mask, mask.FirstOf(row, columns), x, y, columns, addend);
        }
        else if (addend is not null)
        {
            Add<V>(x, addend, y, columns);
        }
        else
        {
            new ReadOnlySpan<float>(x, columns).CopyTo(new Span<float>(y, columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<V>(float* x, float* addend, float* y, int columns)
        where V : unmanaged, ISimd<V>
    {
        int i = 0;
        for (; i <= columns - V.Count; i += V.Count)
        {
            V.Store(V.Load(x + i) + V.Load(addend + i), y + i);
        }

        for (; i < columns; i++)
        {
            y[i] = x[i] + addend[i];
        }
    }
}
