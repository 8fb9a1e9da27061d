// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

/// <summary>The bits of a row do not depend on its company, nor any bits on the number of threads.</summary>
public class LinearBitsTests
{
    public static TheoryData<SimdLevel> Levels => [.. HostArrays.Levels];

    // 1024 floats apart rows share a set of a cache; 1540 are two blocks of the depth. From 256 outputs on tiles are wide with AVX-512.
    public static TheoryData<SimdLevel, int, int> LevelsInputsAndOutputs
    {
        get
        {
            var data = new TheoryData<SimdLevel, int, int>();
            foreach (SimdLevel level in HostArrays.Levels)
            {
                data.AddRange((level, 401, 77), (level, 1024, 77), (level, 1540, 77), (level, 401, 293), (level, 1540, 293));
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LevelsInputsAndOutputs))]
    public void Linear_AnyNumberOfRows_GivesEachRowTheSameBits(SimdLevel level, int inputs, int outputs)
    {
        const int All = 211;
        var random = new Random(1);
        float[] x = HostArrays.Random(random, All * inputs), w = HostArrays.Random(random, outputs * inputs);
        float[] b = HostArrays.Random(random, outputs);
        using var backend = new CpuBackend(2, level);
        float[] whole = Forward(backend, x, w, b, All, inputs);
        foreach (int rows in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 15, 16, 17, 31, 32, 33, 95, 96, 97, 103, 150 })
        {
            int start = random.Next(All - rows);
            float[] part = Forward(backend, x[(start * inputs)..((start + rows) * inputs)], w, b, rows, inputs);
            HostArrays.AssertSameBits(whole[(start * outputs)..((start + rows) * outputs)], part, $"{rows} rows from {start} on");
        }
    }

    // With AVX-512 the many are computed by wide tiles, the last panel cut, the few and one alone by tall ones.
    [Theory]
    [MemberData(nameof(Levels))]
    public void Linear_AnyNumberOfOutputs_GivesEachOutputTheSameBits(SimdLevel level)
    {
        AssertEachOutputHasTheBitsItHasAlone(level, all: 67);
        AssertEachOutputHasTheBitsItHasAlone(level, all: 259);
    }

    private static void AssertEachOutputHasTheBitsItHasAlone(SimdLevel level, int all)
    {
        const int Inputs = 390, Rows = 101;
        var random = new Random(2);
        float[] x = HostArrays.Random(random, Rows * Inputs), w = HostArrays.Random(random, all * Inputs);
        using var backend = new CpuBackend(2, level);
        float[] whole = Forward(backend, x, w, new float[all], Rows, Inputs);
        for (int o = 0; o < all; o++)
        {
            float[] one = Forward(backend, x, w[(o * Inputs)..((o + 1) * Inputs)], [0], Rows, Inputs);
            float[] column = [.. Enumerable.Range(0, Rows).Select(r => whole[(r * all) + o])];
            HostArrays.AssertSameBits(column, one, $"output {o}");
        }
    }

    [Theory]
    [InlineData(1, 384, 1536)]
    [InlineData(17, 100, 301)]
    [InlineData(96, 385, 130)]
    [InlineData(317, 401, 203)]
    public void Linear_AnyNumberOfThreads_GivesTheSameBits(int rows, int inputs, int outputs)
    {
        var random = new Random(3);
        float[] x = HostArrays.Random(random, rows * inputs), w = HostArrays.Random(random, outputs * inputs);
        float[] dY = HostArrays.Random(random, rows * outputs);
        foreach (SimdLevel level in HostArrays.Levels)
        {
            using var single = new CpuBackend(1, level);
            float[][] expected = All(single, x, w, dY, rows, inputs, outputs);
            foreach (int threads in new[] { 2, 3 })
            {
                using var several = new CpuBackend(threads, level);
                float[][] actual = All(several, x, w, dY, rows, inputs, outputs);
                for (int i = 0; i < expected.Length; i++)
                {
                    HostArrays.AssertSameBits(expected[i], actual[i], $"{level}, {threads} threads, result {i}");
                }
            }
        }
    }

    // Rows at distances at which they share a set of a cache, or do not.
    [Theory]
    [InlineData(700, 11264, 40)]
    [InlineData(1300, 3584, 33)]
    [InlineData(1300, 3300, 33)]
    public void Linear_ManyLongRows_GivesEachRowTheSameBits(int rows, int inputs, int outputs)
    {
        const int Few = 3;
        var random = new Random(4);
        float[] x = HostArrays.Random(random, rows * inputs), w = HostArrays.Random(random, outputs * inputs);
        float[] b = HostArrays.Random(random, outputs);
        using var backend = new CpuBackend(2);
        float[] many = Forward(backend, x, w, b, rows, inputs);
        for (int first = 0; first + Few <= rows; first += 97)
        {
            float[] few = Forward(backend, x[(first * inputs)..((first + Few) * inputs)], w, b, Few, inputs);
            HostArrays.AssertSameBits(many[(first * outputs)..((first + Few) * outputs)], few, $"rows from {first} on");
        }
    }

    // The gradient of a weight reads the outputs' gradient across, whose lines share a set of a cache where they lie 4096 floats apart.
    [Theory]
    [InlineData(1100, 4096, 33)]
    [InlineData(300, 8192, 5)]
    [InlineData(1100, 4100, 33)]
    public void LinearBackward_ManyOutputs_GivesEachOutputTheSameBits(int rows, int outputs, int inputs)
    {
        const int Few = 20;
        var random = new Random(5);
        float[] x = HostArrays.Random(random, rows * inputs), dY = HostArrays.Random(random, rows * outputs);
        foreach (SimdLevel level in HostArrays.Levels)
        {
            using var backend = new CpuBackend(2, level);
            float[] many = WeightGradient(backend, x, dY, rows, inputs);
            foreach (int first in new[] { 0, (outputs / 3) + 1, outputs - Few })
            {
                float[] part = [.. Enumerable.Range(0, rows).SelectMany(r => dY[((r * outputs) + first)..((r * outputs) + first + Few)])];
                float[] few = WeightGradient(backend, x, part, rows, inputs);
                HostArrays.AssertSameBits(
                    many[(first * inputs)..((first + Few) * inputs)], few, $"{level}, outputs from {first} on");
            }
        }
    }

    // Rows and columns enough for pieces of every kind.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(20, 130, 96)]
    [InlineData(520, 401, 300)]
    [InlineData(97, 33, 512)]
    [InlineData(265, 500, 1024)]
    [InlineData(1300, 33, 4096)]
    public void LinearBackward_OfInputAndWeight_GivesTheBitsOfEachAlone(int rows, int inputs, int outputs)
    {
        var random = new Random(7);
        float[] x = HostArrays.Random(random, rows * inputs), w = HostArrays.Random(random, outputs * inputs);
        float[] dY = HostArrays.Random(random, rows * outputs);
        foreach (SimdLevel level in HostArrays.Levels)
        {
            using var backend = new CpuBackend(2, level);
            (float[] dX, float[] dWeight) = Gradients(backend, x, w, dY, rows, both: true);
            (float[] dXAlone, float[] dWeightAlone) = Gradients(backend, x, w, dY, rows, both: false);
            HostArrays.AssertSameBits(dXAlone, dX, $"{level}, dX");
            HostArrays.AssertSameBits(dWeightAlone, dWeight, $"{level}, dWeight");
        }
    }

    // One output's gradient has no distance between its lines: a sum over tokens all the same.
    [Theory]
    [MemberData(nameof(Levels))]
    public void LinearBackward_OfOneOutput_GivesTheBitsItHasAmongOthers(SimdLevel level)
    {
        const int Rows = 1000, Outputs = 3, Inputs = 40;
        var random = new Random(6);
        float[] x = HostArrays.Random(random, Rows * Inputs), dY = HostArrays.Random(random, Rows * Outputs);
        using var backend = new CpuBackend(2, level);
        float[] all = WeightGradient(backend, x, dY, Rows, Inputs);
        for (int o = 0; o < Outputs; o++)
        {
            float[] one = WeightGradient(backend, x, [.. Enumerable.Range(0, Rows).Select(r => dY[(r * Outputs) + o])], Rows, Inputs);
            HostArrays.AssertSameBits(all[(o * Inputs)..((o + 1) * Inputs)], one, $"output {o}");
        }
    }

    [Fact]
    public void LinearBackward_OfNoRows_LeavesWhatIsAddedTo()
    {
        using var backend = new CpuBackend(2);
        Tensor x = backend.Allocate(new Shape(0, 5), Lifetime.Step), dY = backend.Allocate(new Shape(0, 3), Lifetime.Step);
        Tensor weight = backend.Upload(new Shape(3, 5), new float[15]);
        Tensor dWeight = backend.Upload(new Shape(3, 5), [.. Enumerable.Repeat(2f, 15)]);
        backend.LinearBackward(x, weight, dY, dX: null, new GradientTarget(dWeight, Accumulate: true), dBias: null);
        Assert.All(backend.Download(dWeight), value => Assert.Equal(2, value));
    }

    private static float[] Forward(CpuBackend backend, float[] x, float[] w, float[] b, int rows, int inputs)
    {
        backend.ResetStep();
        int outputs = w.Length / inputs;
        Tensor y = backend.Poisoned(new Shape(rows, outputs));
        backend.Linear(
            backend.Upload(new Shape(rows, inputs), x), backend.Upload(new Shape(outputs, inputs), w),
                backend.Upload(new Shape(outputs), b), y);
        return backend.Download(y);
    }

    private static (float[] DX, float[] DWeight) Gradients(CpuBackend backend, float[] x, float[] w, float[] dY, int rows, bool both)
    {
        backend.ResetStep();
        int inputs = x.Length / rows, outputs = dY.Length / rows;
        Tensor xs = backend.Upload(new Shape(rows, inputs), x), ws = backend.Upload(new Shape(outputs, inputs), w);
        Tensor dYs = backend.Upload(new Shape(rows, outputs), dY);
        Tensor dX = backend.Poisoned(xs.Shape), dWeight = backend.Poisoned(ws.Shape);
        GradientTarget toX = new(dX, false), toWeight = new(dWeight, false);
        backend.LinearBackward(xs, ws, dYs, toX, both ? toWeight : null, null);
        if (!both)
        {
            backend.LinearBackward(xs, ws, dYs, null, toWeight, null);
        }

        return (backend.Download(dX), backend.Download(dWeight));
    }

    private static float[] WeightGradient(CpuBackend backend, float[] x, float[] dY, int rows, int inputs)
    {
        backend.ResetStep();
        int outputs = dY.Length / rows;
        Tensor dWeight = backend.Poisoned(new Shape(outputs, inputs));
        backend.LinearBackward(
            backend.Upload(new Shape(rows, inputs), x), backend.Upload(new Shape(outputs, inputs), new float[outputs * inputs]),
            backend.Upload(new Shape(rows, outputs), dY), dX: null, new GradientTarget(dWeight, false), dBias: null);
        return backend.Download(dWeight);
    }

    private static float[][] All(CpuBackend backend, float[] x, float[] w, float[] dY, int rows, int inputs, int outputs)
    {
        Tensor xs = backend.Upload(new Shape(rows, inputs), x), ws = backend.Upload(new Shape(outputs, inputs), w);
        Tensor dYs = backend.Upload(new Shape(rows, outputs), dY), y = backend.Poisoned(new Shape(rows, outputs));
        Tensor dX = backend.Poisoned(new Shape(rows, inputs)), dW = backend.Poisoned(new Shape(outputs, inputs));
        Tensor dB = backend.Poisoned(new Shape(outputs));
        backend.Linear(xs, ws, null, y);
        backend.LinearBackward(
            xs, ws, dYs, new GradientTarget(dX, false), new GradientTarget(dW, false), new GradientTarget(dB, false));
        return [backend.Download(y), backend.Download(dX), backend.Download(dW), backend.Download(dB)];
    }
}
