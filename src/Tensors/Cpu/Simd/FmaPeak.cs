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
    /// <summary>Some milliseconds of work.</summary>
    private const int StepsPerBurst = 1_000_000;

    /// <summary>Measures all threads at once.</summary>
    /// <param name="threads">How many compute at once, at least 1; more than there are cores reach no more than the cores.</param>
    /// <param name="level">Width of the vectors.</param>
    /// <param name="duration">How long they run; at least one burst of some milliseconds.</param>
    /// <exception cref="ArgumentException">There are no threads, or this machine lacks the level.</exception>
    public static FmaRate Measure(int threads, SimdLevel level, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Simd.Require(level);
        threads = Math.Min(threads, Environment.ProcessorCount);
        var rates = new FmaRate[threads];
        using var start = new Barrier(threads);
        Thread[] workers = [.. Enumerable.Range(0, threads).Select(i => new Thread(() => rates[i] = RunBursts(start, level, duration)))];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        return new FmaRate(rates.Sum(rate => rate.GigaFlops), rates.Sum(rate => rate.FastestGigaFlops));
    }

    private static FmaRate RunBursts(Barrier start, SimdLevel level, TimeSpan duration)
    {
        var result = new FmaRate[1];
        start.SignalAndWait();
        Simd.Run(level, new Bursts(duration, result));
        return result[0];
    }

    /// <summary>Multiplies by b, adds c: every chain goes to c / (1 − b), a number of ordinary size.</summary>
    private readonly struct Bursts(TimeSpan duration, FmaRate[] result) : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            int chains = V.Count == 16 ? 24 : 12, bursts = 0;
            double gigaFlop = 2e-9 * StepsPerBurst * chains * V.Count;
            TimeSpan fastest = TimeSpan.MaxValue, all = TimeSpan.Zero;
            for (; all < duration || bursts == 0; bursts++)
            {
                long start = Stopwatch.GetTimestamp();
                float sum = V.Count == 16 ? Run24<V>(StepsPerBurst, 0.5f, 1f) : Run12<V>(StepsPerBurst, 0.5f, 1f);
                TimeSpan burst = Stopwatch.GetElapsedTime(start);
                all += burst;
                fastest = !float.IsFinite(sum) ? throw new InvalidOperationException() : burst < fastest ? burst : fastest;
            }

            result[0] = new FmaRate(bursts * gigaFlop / all.TotalSeconds, gigaFlop / fastest.TotalSeconds);
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
