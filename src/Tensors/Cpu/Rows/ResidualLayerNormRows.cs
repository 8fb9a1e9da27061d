// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Drops a row, adds the residual and normalizes the sum while it is in the first-level cache.</summary>
internal readonly unsafe struct ResidualLayerNormRows : IRangeKernel
{
    /// <summary>[R, H].</summary>
    public required float* X { get; init; }

    /// <summary>[R, H].</summary>
    public required float* Residual { get; init; }

    /// <summary>Of X, or null.</summary>
    public required DropoutMask? Dropout { get; init; }

    /// <summary>Of the sum: its X is where the sum goes.</summary>
    public required LayerNormRows Norm { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        int columns = Norm.Columns;
        for (int r = start; r < end; r++)
        {
            long offset = (long)r * columns;
            PassedOnRow.Run<V>(Dropout, r, X + offset, Norm.X + offset, columns, Residual + offset);
            Norm.Run<V>(r, r + 1);
        }
    }
}
