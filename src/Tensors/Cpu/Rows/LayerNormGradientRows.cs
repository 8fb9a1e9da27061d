// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>Gradients of <see cref="LayerNormRows"/> for one block of rows: dX row by row, dGamma and dBeta summed
/// over the block.</summary>
internal readonly unsafe struct LayerNormGradientRows : IRangeKernel
{
    /// <summary>Rows of a block.</summary>
    public const int Block = 32;

    /// <summary>[R, H].</summary>
    public required float* X { get; init; }

    /// <summary>H.</summary>
    public required int Columns { get; init; }

    /// <summary>[H].</summary>
    public required float* Gamma { get; init; }

    /// <summary>[R].</summary>
    public required float* Mean { get; init; }

    /// <summary>[R].</summary>
    public required float* Rstd { get; init; }

    /// <summary>[R, H].</summary>
    public required float* DY { get; init; }

    /// <summary>Destination, [R, H], or null.</summary>
    public required float* DX { get; init; }

    /// <summary>Whether to add to dX.</summary>
    public required bool Add { get; init; }

    /// <summary>Destination, for each block [2, H]: its share of dGamma and of dBeta.</summary>
    public required float* Partials { get; init; }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>(int start, int end)
        where V : unmanaged, ISimd<V>
    {
        float* partial = ClearedPartial(start);
        for (int r = start; r < end; r++)
        {
            Row<V>(r, partial, DX is null ? null : DX + ((long)r * Columns), Add);
        }
    }

    /// <summary>Blocks of so many rows.</summary>
    public static int Blocks(int rows) => (rows + Block - 1) / Block;

    /// <summary>Where the sums of the block that begins with a row are gathered, [2, H].</summary>
    public float* ClearedPartial(int start)
    {
        float* partial = Partials + ((long)(start / Block) * 2 * Columns);
        new Span<float>(partial, 2 * Columns).Clear();
        return partial;
    }

    /// <summary>One row: adds to the sums of its block, and gives its dX if there is a place for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row<V>(int r, float* partial, float* dX, bool add)
        where V : unmanaged, ISimd<V>
    {
        long offset = (long)r * Columns;
        Sums<V>(X + offset, DY + offset, Mean[r], Rstd[r], partial, out float sum, out float weighted);
        if (dX is not null)
        {
            float meanG = (float)((double)sum / Columns), meanWeighted = (float)((double)weighted / Columns);
            Result<V>(X + offset, DY + offset, Mean[r], Rstd[r], meanG, meanWeighted, dX, add);
        }
    }

    /// <summary>Σ g and Σ g · x̂ of a row; adds dY · x̂ and dY to the block's sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Sums<V>(float* x, float* dY, float mean, float rstd, float* partial, out float sum, out float weighted)
        where V : unmanaged, ISimd<V>
    {
        // In locals: a store through a pointer could change a field, for all the compiler knows.
        float* gamma = Gamma, dGamma = partial, dBeta = partial + Columns;
        int columns = Columns, rest = columns % V.Count, whole = columns - rest;
        V shift = V.Broadcast(mean), scale = V.Broadcast(rstd), lastG = V.Zero, lastNormal = V.Zero;
        if (rest > 0)
        {
            // First what does not fill a register, see RowSum.
            V d = Tail.Load<V>(dY + whole, rest);
            lastNormal = (Tail.LoadOr<V>(x + whole, rest, mean) - shift) * scale;
            lastG = d * Tail.Load<V>(gamma + whole, rest);
            Tail.Store(V.FusedMultiplyAdd(d, lastNormal, Tail.Load<V>(dGamma + whole, rest)), dGamma + whole, rest);
            Tail.Store(d + Tail.Load<V>(dBeta + whole, rest), dBeta + whole, rest);
        }

        V s0 = V.Zero, s1 = V.Zero, w0 = V.Zero, w1 = V.Zero;
        for (int i = 0; i < whole; i += V.Count)
        {
            V d = V.Load(dY + i), normal = (V.Load(x + i) - shift) * scale, g = d * V.Load(gamma + i);
            (s0, s1) = (s1, s0 + g);
            (w0, w1) = (w1, V.FusedMultiplyAdd(g, normal, w0));
            V.Store(V.FusedMultiplyAdd(d, normal, V.Load(dGamma + i)), dGamma + i);
            V.Store(d + V.Load(dBeta + i), dBeta + i);
        }

        s0 += lastG;
        w0 = V.FusedMultiplyAdd(lastG, lastNormal, w0);
        sum = V.Sum(s0 + s1);
        weighted = V.Sum(w0 + w1);
    }

    /// <summary>dX = rstd · (g − mean(g) − x̂ · mean(g · x̂)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Result<V>(float* x, float* dY, float mean, float rstd, float meanG, float meanWeighted, float* dX, bool add)
        where V : unmanaged, ISimd<V>
    {
        float* gamma = Gamma;
        int columns = Columns, i = 0;
        for (; i <= columns - V.Count; i += V.Count)
        {
            V value = Element(V.Load(x + i), V.Load(dY + i), V.Load(gamma + i), mean, rstd, meanG, meanWeighted);
            V.Store(add ? value + V.Load(dX + i) : value, dX + i);
        }

        int rest = columns - i;
        if (rest > 0)
        {
            V value = Element(
                Tail.Load<V>(x + i, rest), Tail.Load<V>(dY + i, rest), Tail.Load<V>(gamma + i, rest), mean, rstd, meanG, meanWeighted);
            Tail.Store(add ? value + Tail.Load<V>(dX + i, rest) : value, dX + i, rest);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Element<V>(V x, V dY, V gamma, float mean, float rstd, float meanG, float meanWeighted)
        where V : unmanaged, ISimd<V>
    {
        V scale = V.Broadcast(rstd), normal = (x - V.Broadcast(mean)) * scale;
        V centred = V.FusedMultiplyAdd(dY, gamma, -V.Broadcast(meanG));
        return scale * V.FusedMultiplyAdd(-normal, V.Broadcast(meanWeighted), centred);
    }
}
