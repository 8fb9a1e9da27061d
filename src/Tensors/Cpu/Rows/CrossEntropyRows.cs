// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Weighted losses of rows, each logSumExp − logits[label], and what the backward kernel needs.</summary>
internal readonly unsafe struct CrossEntropyRows : IRangeKernel
{
    /// <summary>[R, C].</summary>
    public required float* Logits { get; init; }

    /// <summary>C.</summary>
    public required int Columns { get; init; }

    /// <summary>[R].</summary>
    public required ReadOnlyMemory<int> Labels { get; init; }

    /// <summary>[R].</summary>
    public required float* Weights { get; init; }

    /// <summary>Destination, [R]; 0 for rows of weight 0, whatever they hold.</summary>
    public required double* Losses { get; init; }

    /// <summary>Destination, [R].</summary>
    public required float* LogSumExp { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        ReadOnlySpan<int> labels = Labels.Span;
        for (int r = start; r < end; r++)
        {
            float* row = Logits + ((long)r * Columns);
            float largest = RowSum.Largest<V>(row, Columns);
            double logSumExp = largest + Math.Log(RowSum.OfBlocks<V, ShiftedExponential>(new ShiftedExponential(largest), row, Columns));
            LogSumExp[r] = (float)logSumExp;
            Losses[r] = Weights[r] == 0 ? 0 : Weights[r] * (logSumExp - row[labels[r]]);
        }
    }
}
