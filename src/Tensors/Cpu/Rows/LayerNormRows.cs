// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Normalizes rows in three passes over a row that stays in the first-level cache: mean, variance, result.</summary>
internal readonly unsafe struct LayerNormRows : IRangeKernel
{
    /// <summary>[R, H].</summary>
    public required float* X { get; init; }

    /// <summary>H.</summary>
    public required int Columns { get; init; }

    /// <summary>[H].</summary>
    public required float* Gamma { get; init; }

    /// <summary>[H].</summary>
    public required float* Beta { get; init; }

    /// <summary>Added to the variance.</summary>
    public required double Epsilon { get; init; }

    /// <summary>Destination, [R, H].</summary>
    public required float* Y { get; init; }

    /// <summary>Destination, [R].</summary>
    public required float* Mean { get; init; }

    /// <summary>Destination, [R].</summary>
    public required float* Rstd { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        for (int r = start; r < end; r++)
        {
            float* row = X + ((long)r * Columns);
            var mean = (float)((double)RowSum.Of<V, Value>(default, row, Columns) / Columns);
            double variance = (double)RowSum.Of<V, SquaredDifference>(new SquaredDifference(mean), row, Columns) / Columns;
            var rstd = (float)(1.0 / Math.Sqrt(variance + Epsilon));
            Mean[r] = mean;
            Rstd[r] = rstd;
            Normalize<V>(row, Y + ((long)r * Columns), mean, rstd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Normalize<V>(float* row, float* y, float mean, float rstd)
        where V : unmanaged, ISimd<V>
    {
        V shift = V.Broadcast(mean), scale = V.Broadcast(rstd);
        int i = 0;
        for (; i <= Columns - V.Count; i += V.Count)
        {
            V.Store(V.FusedMultiplyAdd((V.Load(row + i) - shift) * scale, V.Load(Gamma + i), V.Load(Beta + i)), y + i);
        }

        int rest = Columns - i;
        if (rest > 0)
        {
            V normal = (Tail.Load<V>(row + i, rest) - shift) * scale;
            Tail.Store(V.FusedMultiplyAdd(normal, Tail.Load<V>(Gamma + i, rest), Tail.Load<V>(Beta + i, rest)), y + i, rest);
        }
    }

    private readonly struct Value : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V> => x;
    }

    private readonly struct SquaredDifference(float mean) : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V>
        {
            V difference = x - V.Broadcast(mean);
            return difference * difference;
        }
    }
}
