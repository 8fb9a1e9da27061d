// SPDX-License-Identifier: Apache-2.0
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BertManaged.Tensors;

public sealed unsafe partial class CpuBackend
{
    // Elements whose squares are added before the next partial sum begins.
    private const int SquaresBlock = 1 << 15;

    // Elements of a piece, 1 MiB: a thread that reads on without a jump gets more of the memory's rate than one that skips every 128 KiB.
    private const int SquaresPiece = 8 * SquaresBlock;

    // Most elements of a piece of Adam. Four streams are read and three written: where a piece begins, the processor has yet to find them.
    private const int LongestAdamPiece = 1 << 17;

    // Of a tensor that is large enough, so that several threads have some each.
    private const int LeastAdamPieces = 8;

    // Floats that Adam asks ahead for in each stream.
    private const int AdamAhead = 384;

    // What has no list of rows is one row.
    private static readonly IndexTensor OneRow = new([0]);

    /// <inheritdoc/>
    public double SumOfSquares(Tensor x, IndexTensor? rows)
    {
        int columns = rows is null ? x.Length : x.Shape.Columns;
        int blocks = (int)(((long)x.Length + SquaresBlock - 1) / SquaresBlock);
        var partials = (double*)_partials.Floats(2L * blocks);
        _pool.RunRanges(x.Length, SquaresPiece, new SumOfSquaresWork(Pointer(x), (rows ?? OneRow).Memory, columns, partials));
        double sum = 0;
        for (int block = 0; block < blocks; block++)
        {
            sum += partials[block];
        }

        return sum;
    }

    /// <inheritdoc/>
    public void AdamWeightDecay(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v) =>
        RunKernel(
            parameter.Length, AdamPiece(parameter.Length),
            new AdamWeightDecayKernel(Pointer(gradient), step, Pointer(parameter), Pointer(m), Pointer(v)));

    /// <inheritdoc/>
    public void AdamW(Tensor gradient, in AdamStep step, Tensor parameter, Tensor m, Tensor v) =>
        RunKernel(
            parameter.Length, AdamPiece(parameter.Length),
            new AdamWKernel(Pointer(gradient), step, Pointer(parameter), Pointer(m), Pointer(v)));

    private static int AdamPiece(int length) =>
        Math.Clamp(Blocking.RoundUp(length / LeastAdamPieces, ElementChunk), ElementChunk, LongestAdamPiece);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AskAhead(int i, float* gradient, float* parameter, float* m, float* v)
    {
        Prefetch.Line(gradient + i + AdamAhead);
        Prefetch.Line(parameter + i + AdamAhead);
        Prefetch.Line(m + i + AdamAhead);
        Prefetch.Line(v + i + AdamAhead);
    }

    /// <summary>The sum of squares of each block in sixteen double accumulators.</summary>
    /// <remarks>The vectors lie where they would lie if the whole block was read; those without a listed row are left out. They hold
    /// zeros, and adding zeros changes no bit.</remarks>
    private readonly struct SumOfSquaresWork(float* x, ReadOnlyMemory<int> rows, int columns, double* partials) : IRangeWork
    {
        public void Run(int start, int end)
        {
            for (long block = start; block < end; block += SquaresBlock)
            {
                partials[block / SquaresBlock] = SumOfBlock((int)block, (int)Math.Min(end, block + SquaresBlock));
            }
        }

        private double SumOfBlock(int start, int end)
        {
            const int Lanes = 16;
            double* sums = stackalloc double[Lanes];
            new Span<double>(sums, Lanes).Clear();
            int i = start, whole = end - ((end - start) % Lanes);
            ReadOnlySpan<int> listed = rows.Span;
            for (int r = FirstRow(listed, start / columns); r < listed.Length && i < whole; r++)
            {
                int before = ((listed[r] * columns) - start) / Lanes, rowEnd = Math.Min(whole, (listed[r] + 1) * columns);
                i = Math.Max(i, start + (before * Lanes));
                int count = Math.Max(0, (rowEnd - i + Lanes - 1) / Lanes * Lanes);
                AddSquares(x + i, count, sums);
                i += count;
            }

            double sum = 0;
            for (int lane = 0; lane < Lanes / 2; lane++)
            {
                sum += sums[lane] + sums[lane + (Lanes / 2)];
            }

            for (i = whole; i < end; i++)
            {
                sum += (double)x[i] * x[i];
            }

            return sum;
        }

        // A method of its own: where lanes are read one by one, the JIT keeps the sums in memory.
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void AddSquares(float* x, int count, double* sums)
        {
            Vector512<double> low = Vector512.Load(sums), high = Vector512.Load(sums + Vector512<double>.Count);
            for (float* end = x + count; x < end; x += Vector512<float>.Count)
            {
                Vector512<float> values = Vector512.Load(x);
                Vector512<double> a = Vector512.WidenLower(values), b = Vector512.WidenUpper(values);
                low += a * a;
                high += b * b;
            }

            low.Store(sums);
            high.Store(sums + Vector512<double>.Count);
        }

        /// <summary>Place of the first listed row that is not before a row.</summary>
        private static int FirstRow(ReadOnlySpan<int> listed, int row)
        {
            int place = listed.BinarySearch(row);
            return place < 0 ? ~place : place;
        }
    }

    private readonly struct AdamWeightDecayKernel(float* gradient, AdamStep step, float* parameter, float* m, float* v) : IRangeKernel
    {
        public void Run<V>(int start, int end)
            where V : unmanaged, ISimd<V>
        {
            int whole = start + ((end - start) / V.Count * V.Count);
            Update<V>(start, whole);
            Update<Lanes1>(whole, end);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Update<V>(int start, int end)
            where V : unmanaged, ISimd<V>
        {
            V scale = V.Broadcast((float)step.GradientScale), epsilon = V.Broadcast((float)step.Epsilon);
            V beta1 = V.Broadcast((float)step.Beta1), rest1 = V.Broadcast((float)(1 - step.Beta1));
            V beta2 = V.Broadcast((float)step.Beta2), rest2 = V.Broadcast((float)(1 - step.Beta2));
            V rate = V.Broadcast((float)step.LearningRate), decay = V.Broadcast((float)step.WeightDecay);
            for (int i = start; i < end; i += V.Count)
            {
                AskAhead(i, gradient, parameter, m, v);
                V g = scale * V.Load(gradient + i), p = V.Load(parameter + i);
                V newM = (beta1 * V.Load(m + i)) + (rest1 * g);
                V newV = (beta2 * V.Load(v + i)) + (rest2 * (g * g));
                V update = (newM / (V.Sqrt(newV) + epsilon)) + (decay * p);
                V.Store(newM, m + i);
                V.Store(newV, v + i);
                V.Store(p - (rate * update), parameter + i);
            }
        }
    }

    private readonly struct AdamWKernel(float* gradient, AdamStep step, float* parameter, float* m, float* v) : IRangeKernel
    {
        public void Run<V>(int start, int end)
            where V : unmanaged, ISimd<V>
        {
            int whole = start + ((end - start) / V.Count * V.Count);
            Update<V>(start, whole);
            Update<Lanes1>(whole, end);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Update<V>(int start, int end)
            where V : unmanaged, ISimd<V>
        {
            double correction1 = 1 - Math.Pow(step.Beta1, step.Number), correction2 = 1 - Math.Pow(step.Beta2, step.Number);
            V scale = V.Broadcast((float)step.GradientScale), epsilon = V.Broadcast((float)step.Epsilon);
            V rest1 = V.Broadcast((float)(1 - step.Beta1)), rest2 = V.Broadcast((float)(1 - step.Beta2));
            V beta2 = V.Broadcast((float)step.Beta2), root2 = V.Broadcast((float)Math.Sqrt(correction2));
            V kept = V.Broadcast((float)(1 - (step.LearningRate * step.WeightDecay)));
            V rate = V.Broadcast((float)(step.LearningRate / correction1));
            for (int i = start; i < end; i += V.Count)
            {
                AskAhead(i, gradient, parameter, m, v);
                V g = scale * V.Load(gradient + i), oldM = V.Load(m + i);
                V newM = V.FusedMultiplyAdd(rest1, g - oldM, oldM);
                V newV = (beta2 * V.Load(v + i)) + (rest2 * g * g);
                V denominator = (V.Sqrt(newV) / root2) + epsilon;
                V.Store(newM, m + i);
                V.Store(newV, v + i);
                V.Store((kept * V.Load(parameter + i)) - (rate * newM / denominator), parameter + i);
            }
        }
    }
}
