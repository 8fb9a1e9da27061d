// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace BertManaged.Tensors;

/// <summary>How many multiply-adds this machine can do at most: chains of fused multiply-adds that never leave the registers, as many
/// next to each other as it takes to hide their latency. No memory is read, so no matrix product can be faster; what share of it a
/// product reaches says how well the product is done.</summary>
/// <remarks>The sums are written out because only single variables stay in registers.</remarks>
public static class FmaPeak
{
    /// <summary>How long the threads run.</summary>
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(0.3);

    /// <summary>Some milliseconds of work.</summary>
    private const int StepsPerBurst = 1_000_000;

    /// <summary>Measures all threads at once: the sum of each one's fastest burst.</summary>
    /// <param name="threads">How many compute at once, at least 1; more than there are cores reach no more than the cores.</param>
    /// <param name="level">Width of the vectors.</param>
    /// <returns>10⁹ operations a second, a multiply-add counting as two.</returns>
    /// <exception cref="ArgumentException">There are no threads, or this machine lacks the level.</exception>
    public static double GigaFlops(int threads, SimdLevel level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Simd.Require(level);
        threads = Math.Min(threads, Environment.ProcessorCount);
        var rates = new double[threads];
        using var start = new Barrier(threads);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => rates[i] = FastestBurst(start, level)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return rates.Sum() / 1e9;
    }

    private static double FastestBurst(Barrier start, SimdLevel level)
    {
        var result = new double[1];
        start.SignalAndWait();
        Simd.Run(level, new Bursts(result));
        return result[0];
    }

    /// <summary>Multiplies by b, adds c: every chain goes to c / (1 − b), a number of ordinary size.</summary>
    private readonly struct Bursts(double[] result) : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            int chains = V.Count == 16 ? 24 : 12;
            double operations = 2.0 * StepsPerBurst * chains * V.Count;
            var watch = Stopwatch.StartNew();
            while (watch.Elapsed < Duration || result[0] == 0)
            {
                long start = Stopwatch.GetTimestamp();
                float sum = V.Count == 16 ? Run24<V>(StepsPerBurst, 0.5f, 1f) : Run12<V>(StepsPerBurst, 0.5f, 1f);
                double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                result[0] = float.IsFinite(sum) ? Math.Max(result[0], operations / seconds) : throw new InvalidOperationException();
            }
        }
    }

    /// <summary>For 32 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run24<V>(int steps, float multiplier, float addend)
        where V : unmanaged, ISimd<V>
    {
        V b = V.Broadcast(multiplier), c = V.Broadcast(addend);
        V s0 = c, s1 = c, s2 = c, s3 = c, s4 = c, s5 = c, s6 = c, s7 = c, s8 = c, s9 = c, s10 = c, s11 = c;
        V s12 = c, s13 = c, s14 = c, s15 = c, s16 = c, s17 = c, s18 = c, s19 = c, s20 = c, s21 = c, s22 = c, s23 = c;
        for (int i = 0; i < steps; i++)
        {
            s0 = V.FusedMultiplyAdd(s0, b, c);
            s1 = V.FusedMultiplyAdd(s1, b, c);
            s2 = V.FusedMultiplyAdd(s2, b, c);
            s3 = V.FusedMultiplyAdd(s3, b, c);
            s4 = V.FusedMultiplyAdd(s4, b, c);
            s5 = V.FusedMultiplyAdd(s5, b, c);
            s6 = V.FusedMultiplyAdd(s6, b, c);
            s7 = V.FusedMultiplyAdd(s7, b, c);
            s8 = V.FusedMultiplyAdd(s8, b, c);
            s9 = V.FusedMultiplyAdd(s9, b, c);
            s10 = V.FusedMultiplyAdd(s10, b, c);
            s11 = V.FusedMultiplyAdd(s11, b, c);
            s12 = V.FusedMultiplyAdd(s12, b, c);
            s13 = V.FusedMultiplyAdd(s13, b, c);
            s14 = V.FusedMultiplyAdd(s14, b, c);
            s15 = V.FusedMultiplyAdd(s15, b, c);
            s16 = V.FusedMultiplyAdd(s16, b, c);
            s17 = V.FusedMultiplyAdd(s17, b, c);
            s18 = V.FusedMultiplyAdd(s18, b, c);
            s19 = V.FusedMultiplyAdd(s19, b, c);
            s20 = V.FusedMultiplyAdd(s20, b, c);
            s21 = V.FusedMultiplyAdd(s21, b, c);
            s22 = V.FusedMultiplyAdd(s22, b, c);
            s23 = V.FusedMultiplyAdd(s23, b, c);
        }

        V first = s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11;
        return V.Sum(first + s12 + s13 + s14 + s15 + s16 + s17 + s18 + s19 + s20 + s21 + s22 + s23);
    }

    /// <summary>For 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run12<V>(int steps, float multiplier, float addend)
        where V : unmanaged, ISimd<V>
    {
        V b = V.Broadcast(multiplier), c = V.Broadcast(addend);
        V s0 = c, s1 = c, s2 = c, s3 = c, s4 = c, s5 = c, s6 = c, s7 = c, s8 = c, s9 = c, s10 = c, s11 = c;
        for (int i = 0; i < steps; i++)
        {
            s0 = V.FusedMultiplyAdd(s0, b, c);
            s1 = V.FusedMultiplyAdd(s1, b, c);
            s2 = V.FusedMultiplyAdd(s2, b, c);
            s3 = V.FusedMultiplyAdd(s3, b, c);
            s4 = V.FusedMultiplyAdd(s4, b, c);
            s5 = V.FusedMultiplyAdd(s5, b, c);
            s6 = V.FusedMultiplyAdd(s6, b, c);
            s7 = V.FusedMultiplyAdd(s7, b, c);
            s8 = V.FusedMultiplyAdd(s8, b, c);
            s9 = V.FusedMultiplyAdd(s9, b, c);
            s10 = V.FusedMultiplyAdd(s10, b, c);
            s11 = V.FusedMultiplyAdd(s11, b, c);
        }

        return V.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
