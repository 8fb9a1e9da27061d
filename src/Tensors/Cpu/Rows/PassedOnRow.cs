// SPDX-License-Identifier: Apache-2.0
using System.Numerics.Tensors;
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
            TensorPrimitives.Add(
                new ReadOnlySpan<float>(x, columns), new ReadOnlySpan<float>(addend, columns), new Span<float>(y, columns));
        }
        else
        {
            new ReadOnlySpan<float>(x, columns).CopyTo(new Span<float>(y, columns));
        }
    }
}
