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
            Moments<V>(row, out float mean, out double variance);
            var rstd = (float)(1.0 / Math.Sqrt(variance + Epsilon));
            Mean[r] = mean;
            Rstd[r] = rstd;
            Normalize<V>(row, Y + ((long)r * Columns), mean, rstd);
        }
    }

    /// <summary>Mean and variance of a row. The second pass sums the differences too: their mean is what the first has lost.</summary>
    /// <remarks>Chan, Golub, LeVeque 1983, "Algorithms for Computing the Sample Variance": the corrected two-pass algorithm.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Moments<V>(float* row, out float mean, out double variance)
        where V : unmanaged, ISimd<V>
    {
        int columns = Columns, rest = columns % V.Count;
        var rough = (float)((double)RowSum.Of<V, Value>(default, row, columns) / columns);
        V shift = V.Broadcast(rough), s0 = V.Zero, s1 = V.Zero, q0 = V.Zero, q1 = V.Zero;

        // First what does not fill a register, see RowSum; nothing where all do.
        V last = rest > 0 ? Tail.LoadOr<V>(row + columns - rest, rest, rough) - shift : V.Zero;
        for (int i = 0; i <= columns - V.Count; i += V.Count)
        {
            V difference = V.Load(row + i) - shift;
            (s0, s1) = (s1, s0 + difference);
            (q0, q1) = (q1, V.FusedMultiplyAdd(difference, difference, q0));
        }

        s0 += last;
        q0 = V.FusedMultiplyAdd(last, last, q0);
        double lost = (double)V.Sum(s0 + s1) / columns;
        mean = (float)(rough + lost);
        variance = Math.Max(0, ((double)V.Sum(q0 + q1) / columns) - (lost * lost));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Normalize<V>(float* row, float* y, float mean, float rstd)
        where V : unmanaged, ISimd<V>
    {
        // In locals: a store through y could change a field, for all the compiler knows.
        float* gamma = Gamma, beta = Beta;
        int columns = Columns, i = 0;
        V shift = V.Broadcast(mean), scale = V.Broadcast(rstd);
        for (; i <= columns - V.Count; i += V.Count)
        {
            V.Store(V.FusedMultiplyAdd((V.Load(row + i) - shift) * scale, V.Load(gamma + i), V.Load(beta + i)), y + i);
        }

        int rest = columns - i;
        if (rest > 0)
        {
            V normal = (Tail.Load<V>(row + i, rest) - shift) * scale;
            Tail.Store(V.FusedMultiplyAdd(normal, Tail.Load<V>(gamma + i, rest), Tail.Load<V>(beta + i, rest)), y + i, rest);
        }
    }

    private readonly struct Value : IMap
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public V Of<V>(V x)
            where V : unmanaged, ISimd<V> => x;
    }
}
