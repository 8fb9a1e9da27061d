// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public class OptimizerTests
{
    // Pieces of every length, and a rest.
    private const int Length = 300_001;

    private static readonly AdamStep Step = new(2e-3, 0.9, 0.999, 1e-6, 0.01, 0.5, 1);

    public static TheoryData<SimdLevel> Levels => [.. HostArrays.Levels];

    [Fact]
    public void SumOfSquares_ManyEqualValues_LosesNoDigits()
    {
        const int Count = 3_000_017;
        using var backend = new CpuBackend(2);
        Tensor x = backend.Allocate(new Shape(Count), Lifetime.Step);
        backend.Fill(0.1, x);

        double expected = Count * ((double)0.1f * 0.1f);

        Assert.Equal(expected, backend.SumOfSquares(x, rows: null), expected * 1e-13);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(32768)]
    [InlineData(100_003)]
    [InlineData(262_144)]
    [InlineData(262_145)]
    [InlineData(600_011)]
    public void SumOfSquares_AnyLengthAndThreads_GivesTheSameBits(int length)
    {
        float[] x = HostArrays.Random(new Random(length), length);
        double expected = x.Sum(value => (double)value * value);
        double[] sums = [.. new[] { 1, 2, 3 }.SelectMany(threads => HostArrays.Levels.Select(level => Sum(threads, level, x)))];
        Assert.All(sums, sum => Assert.Equal(sums[0], sum));
        Assert.Equal(expected, sums[0], 1e-12 * (1 + expected));
    }

    [Theory]
    [InlineData(100_003, 1, new[] { 0, 15, 16, 32767, 32768, 99_999, 100_002 })]
    [InlineData(20_011, 5, new[] { 3, 4, 6553, 6554, 20_010 })]
    [InlineData(1000, 384, new[] { 0, 84, 85, 86, 500, 999 })]
    [InlineData(3, 70_001, new[] { 1 })]
    [InlineData(3, 7, new int[0])]
    public void SumOfSquares_OfTheRowsThatAreNotZero_HasTheBitsOfTheWholeSum(int rows, int columns, int[] listed)
    {
        var x = new float[rows * columns];
        foreach (int row in listed)
        {
            HostArrays.Random(new Random(row), columns).CopyTo(x, row * columns);
        }

        double expected = x.Sum(value => (double)value * value);
        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var backend = new CpuBackend(threads);
            double sum = backend.SumOfSquares(backend.Upload(new Shape(rows, columns), x), new IndexTensor(listed));
            Assert.Equal(Sum(threads, backend.Level, x), sum);
            Assert.Equal(expected, sum, 1e-12 * (1 + expected));
        }
    }

    [Fact]
    public void SumOfSquares_OfSomeRows_ReadsNoOthers()
    {
        float[] x = [.. Enumerable.Range(0, 1000 * 64).Select(i => i / 64 is 3 or 998 ? 2 : float.NaN)];
        using var backend = new CpuBackend(2);
        Assert.Equal(2 * 64 * 4, backend.SumOfSquares(backend.Upload(new Shape(1000, 64), x), new IndexTensor([3, 998])));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void AdamWeightDecay_ThreeSteps_FollowsTheFormula(SimdLevel level)
    {
        var random = new Random(3);
        State state = new(random);
        using var backend = new CpuBackend(2, level);
        Tensors tensors = new(backend, state);
        for (int t = 1; t <= 3; t++)
        {
            float[] gradient = HostArrays.Random(random, Length);
            AdamStep step = Step with { Number = t, LearningRate = Step.LearningRate / t };
            backend.AdamWeightDecay(backend.Upload(new Shape(Length), gradient), step, tensors.P, tensors.M, tensors.V);
            for (int i = 0; i < Length; i++)
            {
                double g = step.GradientScale * gradient[i];
                state.M[i] = (step.Beta1 * state.M[i]) + ((1 - step.Beta1) * g);
                state.V[i] = (step.Beta2 * state.V[i]) + ((1 - step.Beta2) * g * g);
                double update = (state.M[i] / (Math.Sqrt(state.V[i]) + step.Epsilon)) + (step.WeightDecay * state.P[i]);
                state.P[i] -= step.LearningRate * update;
            }
        }

        tensors.Check(backend, state);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void AdamW_ThreeSteps_FollowsTheFormula(SimdLevel level)
    {
        var random = new Random(4);
        State state = new(random);
        using var backend = new CpuBackend(2, level);
        Tensors tensors = new(backend, state);
        for (int t = 1; t <= 3; t++)
        {
            float[] gradient = HostArrays.Random(random, Length);
            AdamStep step = Step with { Number = t };
            backend.AdamW(backend.Upload(new Shape(Length), gradient), step, tensors.P, tensors.M, tensors.V);
            for (int i = 0; i < Length; i++)
            {
                double g = step.GradientScale * gradient[i];
                state.P[i] *= 1 - (step.LearningRate * step.WeightDecay);
                state.M[i] = (step.Beta1 * state.M[i]) + ((1 - step.Beta1) * g);
                state.V[i] = (step.Beta2 * state.V[i]) + ((1 - step.Beta2) * g * g);
                double denominator = (Math.Sqrt(state.V[i]) / Math.Sqrt(1 - Math.Pow(step.Beta2, t))) + step.Epsilon;
                state.P[i] -= step.LearningRate / (1 - Math.Pow(step.Beta1, t)) * state.M[i] / denominator;
            }
        }

        tensors.Check(backend, state);
    }

    private static double Sum(int threads, SimdLevel level, float[] x)
    {
        using var backend = new CpuBackend(threads, level);
        return backend.SumOfSquares(backend.Upload(new Shape(x.Length), x), rows: null);
    }

    /// <summary>What an optimizer changes, in double, from values that float32 holds.</summary>
    private sealed class State(Random random)
    {
        public double[] P { get; } = [.. HostArrays.Random(random, Length)];

        public double[] M { get; } = [.. HostArrays.Random(random, Length).Select(value => (double)(value * 0.1f))];

        public double[] V { get; } = [.. HostArrays.Random(random, Length).Select(value => (double)(value * value))];
    }

    /// <summary>The same in the memory of the backend.</summary>
    private sealed class Tensors(CpuBackend backend, State state)
    {
        public Tensor P { get; } = Upload(backend, state.P);

        public Tensor M { get; } = Upload(backend, state.M);

        public Tensor V { get; } = Upload(backend, state.V);

        public void Check(CpuBackend backend, State state)
        {
            double[] ones = [.. Enumerable.Repeat(1.0, Length)];
            HostArrays.AssertClose(state.M, ones, backend.Download(M), 3e-7, "m");
            HostArrays.AssertClose(state.V, ones, backend.Download(V), 3e-7, "v");
            HostArrays.AssertClose(state.P, ones, backend.Download(P), 1e-6, "parameter");
        }

        private static Tensor Upload(CpuBackend backend, double[] values)
        {
            Tensor tensor = backend.Allocate(new Shape(Length), Lifetime.Persistent);
            backend.CopyFromHost(values, tensor);
            return tensor;
        }
    }
}
