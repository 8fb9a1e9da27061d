// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Gradients of <see cref="ResidualLayerNormRows"/> for one block of rows: that of the sum goes on, row by row, to both
/// sides.</summary>
internal readonly unsafe struct ResidualLayerNormGradientRows : IRangeKernel
{
    /// <summary>Of the sum, without a destination for it.</summary>
    public required LayerNormGradientRows Norm { get; init; }

    /// <summary>Of the dropped side, or null.</summary>
    public required DropoutMask? Dropout { get; init; }

    /// <summary>Destination, [R, H], or null.</summary>
    public required float* DX { get; init; }

    /// <summary>Whether to add to <see cref="DX"/>.</summary>
    public required bool AddToX { get; init; }

    /// <summary>Destination, [R, H], or null.</summary>
    public required float* DResidual { get; init; }

    /// <summary>Whether to add to <see cref="DResidual"/>.</summary>
    public required bool AddToResidual { get; init; }

    /// <inheritdoc/>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        int columns = Norm.Columns;
        float* dSum = stackalloc float[columns], partial = Norm.ClearedPartial(start);
        for (int r = start; r < end; r++)
        {
            Norm.Row<V>(r, partial, dSum, add: false);
            PassOn<V>(Dropout, r, dSum, DX, columns, AddToX);
            PassOn<V>(null, r, dSum, DResidual, columns, AddToResidual);
        }
    }

    private static void PassOn<V>(DropoutMask? dropout, int row, float* dSum, float* matrix, int columns, bool add)
        where V : unmanaged, ISimd<V>
    {
        if (matrix is not null)
        {
            float* to = matrix + ((long)row * columns);
            PassedOnRow.Run<V>(dropout, row, dSum, to, columns, add ? to : null);
        }
    }
}
