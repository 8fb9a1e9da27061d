// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

public class LinearTests
{
    /// <summary>A sum of up to some thousand float32 products in blocks stays far below this part of its absolute terms.</summary>
    private const double Tolerance = 1e-6;

    // Around the tiles (6, 8, 12 rows; 2, 8, 16, 32 columns), the blocks (48 rows, 768 deep) and the ways (few rows, many rows; rows that
    // are packed since they lie 512 floats apart, or read in place).
    private static readonly (int Rows, int Inputs, int Outputs)[] Shapes =
    [
        (1, 1, 1), (1, 2, 3), (2, 1, 5), (3, 7, 2), (5, 3, 17), (6, 13, 31), (7, 16, 33), (11, 15, 63), (12, 32, 32), (13, 31, 47),
        (1, 384, 97), (4, 385, 33), (23, 383, 65), (24, 769, 64), (95, 41, 37), (96, 97, 96), (97, 96, 95), (97, 3, 2), (101, 385, 67),
        (193, 53, 129), (127, 400, 1), (300, 17, 400), (97, 769, 35),
        (47, 767, 33), (49, 768, 31), (50, 1537, 65), (37, 512, 40), (61, 1024, 97), (145, 1030, 512),
    ];

    public static TheoryData<SimdLevel> Levels => [.. HostArrays.Levels];

    public static TheoryData<SimdLevel, int, int, int> LevelsAndShapes
    {
        get
        {
            var data = new TheoryData<SimdLevel, int, int, int>();
            foreach (SimdLevel level in HostArrays.Levels)
            {
                foreach ((int rows, int inputs, int outputs) in Shapes)
                {
                    data.Add(level, rows, inputs, outputs);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(LevelsAndShapes))]
    public void Linear_AnyShape_EqualsTheSumInDouble(SimdLevel level, int rows, int inputs, int outputs)
    {
        using var backend = new CpuBackend(2, level);
        CheckForward(backend, new Random(rows + inputs + outputs), rows, inputs, outputs);
    }

    [Theory]
    [MemberData(nameof(LevelsAndShapes))]
    public void LinearBackward_AnyShape_EqualsTheSumsInDouble(SimdLevel level, int rows, int inputs, int outputs)
    {
        using var backend = new CpuBackend(2, level);
        CheckBackward(backend, new Random(rows + inputs + outputs), rows, inputs, outputs, accumulate: false);
        CheckBackward(backend, new Random(rows + inputs + outputs), rows, inputs, outputs, accumulate: true);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Linear_RandomShapes_EqualTheSumsInDouble(SimdLevel level)
    {
        var random = new Random(20181011);
        using var backend = new CpuBackend(2, level);
        for (int round = 0; round < 60; round++)
        {
            int rows = random.Next(1, 220), inputs = random.Next(1, 120), outputs = random.Next(1, 120);
            CheckForward(backend, random, rows, inputs, outputs);
            CheckBackward(backend, random, rows, inputs, outputs, accumulate: round % 2 == 0);
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void LinearBackward_OfAMapByItself_AddsOneProductAfterTheOther(SimdLevel level)
    {
        const int Rows = 61, Inputs = 70;
        using var backend = new CpuBackend(3, level);
        var random = new Random(9);
        Tensor x = backend.Upload(new Shape(Rows, Inputs), HostArrays.Random(random, Rows * Inputs));
        Tensor dY = backend.Upload(new Shape(Rows, Rows), HostArrays.Random(random, Rows * Rows));
        Tensor apart = backend.Poisoned(x.Shape), together = backend.Poisoned(x.Shape);
        backend.LinearBackward(x, x, dY, new GradientTarget(apart, Accumulate: false), null, null);
        backend.LinearBackward(x, x, dY, null, new GradientTarget(apart, Accumulate: true), null);

        // Again and again: threads that worked on both at once would be lucky at times.
        for (int round = 0; round < 300; round++)
        {
            backend.LinearBackward(
                x, x, dY, new GradientTarget(together, Accumulate: false), new GradientTarget(together, Accumulate: true), null);
            HostArrays.AssertSameBits(backend.Download(apart), backend.Download(together), $"round {round}");
        }
    }

    [Fact]
    public void LinearBackward_NoRows_OverwritesWithZeros()
    {
        using var backend = new CpuBackend(1);
        Tensor x = backend.Upload(new Shape(0, 3), []), weight = backend.Upload(new Shape(2, 3), new float[6]);
        Tensor dY = backend.Upload(new Shape(0, 2), []), dWeight = backend.Poisoned(new Shape(2, 3)),
            dBias = backend.Poisoned(new Shape(2));

        backend.LinearBackward(x, weight, dY, null, new GradientTarget(dWeight, false), new GradientTarget(dBias, false));

        Assert.All(backend.Download(dWeight), value => Assert.Equal(0f, value));
        Assert.All(backend.Download(dBias), value => Assert.Equal(0f, value));
    }

    private static void CheckForward(CpuBackend backend, Random random, int rows, int inputs, int outputs)
    {
        float[] x = HostArrays.Random(random, rows * inputs), w = HostArrays.Random(random, outputs * inputs);
        float[] b = HostArrays.Random(random, outputs);
        Tensor xs = backend.Upload(new Shape(rows, inputs), x), ws = backend.Upload(new Shape(outputs, inputs), w);
        Tensor bs = backend.Upload(new Shape(outputs), b), y = backend.Poisoned(new Shape(rows, outputs));
        var product = NaiveProduct.Of(rows, outputs, inputs, (r, i) => x[(r * inputs) + i], (i, o) => w[(o * inputs) + i]);

        backend.Linear(xs, ws, null, y);
        HostArrays.AssertClose(product.Values, product.Magnitudes, backend.Download(y), Tolerance, $"{rows}x{inputs}x{outputs} y");

        backend.Linear(xs, ws, bs, y);
        NaiveProduct withBias = product.Plus(i => b[i % outputs]);
        HostArrays.AssertClose(
            withBias.Values, withBias.Magnitudes, backend.Download(y), Tolerance, $"{rows}x{inputs}x{outputs} y with bias");
    }

    private static void CheckBackward(CpuBackend backend, Random random, int rows, int inputs, int outputs, bool accumulate)
    {
        float[] x = HostArrays.Random(random, rows * inputs), w = HostArrays.Random(random, outputs * inputs);
        float[] dY = HostArrays.Random(random, rows * outputs);
        var dX = NaiveProduct.Of(rows, inputs, outputs, (r, o) => dY[(r * outputs) + o], (o, i) => w[(o * inputs) + i]);
        var dW = NaiveProduct.Of(outputs, inputs, rows, (o, r) => dY[(r * outputs) + o], (r, i) => x[(r * inputs) + i]);
        var dB = NaiveProduct.Of(1, outputs, rows, (_, _) => 1, (r, o) => dY[(r * outputs) + o]);
        Tensor xs = backend.Upload(new Shape(rows, inputs), x), ws = backend.Upload(new Shape(outputs, inputs), w);
        Tensor dYs = backend.Upload(new Shape(rows, outputs), dY);
        Target toX = Target.New(backend, random, new Shape(rows, inputs), accumulate);
        Target toW = Target.New(backend, random, new Shape(outputs, inputs), accumulate);
        Target toB = Target.New(backend, random, new Shape(outputs), accumulate);

        backend.LinearBackward(xs, ws, dYs, toX.Gradient, toW.Gradient, toB.Gradient);

        string what = $"{rows}x{inputs}x{outputs}";
        toX.Check(backend, dX, Tolerance, what + " dX");
        toW.Check(backend, dW, Tolerance, what + " dWeight");
        toB.Check(backend, dB, Tolerance, what + " dBias");
    }
}
