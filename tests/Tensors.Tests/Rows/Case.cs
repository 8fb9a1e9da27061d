// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

/// <summary>Inputs and checks of the tests of element-wise and row kernels.</summary>
internal static class Case
{
    /// <summary>Below, at and above every register and chunk.</summary>
    public static readonly int[] Lengths = [1, 2, 3, 7, 15, 16, 17, 31, 33, 64, 127, 1000, 32768, 70001];

    public static float[] Normal(Random random, int length, double scale = 1, double shift = 0)
    {
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            values[i] = (float)(shift + (scale * radius * Math.Cos(2 * Math.PI * random.NextDouble())));
        }

        return values;
    }

    public static Tensor Vector(this CpuBackend backend, float[] values) => backend.Upload(new Shape(values.Length), values);

    /// <summary>A kernel's output, over memory whose old content would be noticed.</summary>
    public static float[] Output(this CpuBackend backend, int length, Action<Tensor> kernel)
    {
        Tensor y = backend.Poisoned(new Shape(length));
        kernel(y);
        return backend.Download(y);
    }

    /// <summary>A kernel's gradient. Overwriting is checked to ignore what was there, adding to add the same bits.</summary>
    public static float[] Gradient(this CpuBackend backend, int length, Action<GradientTarget> kernel)
    {
        float[] before = Normal(new Random(length), length);
        float[] overwritten = backend.Output(length, y => kernel(new GradientTarget(y, false)));
        Tensor sum = backend.Vector(before);
        kernel(new GradientTarget(sum, true));
        float[] expected = [.. before.Zip(overwritten, (a, b) => a + b)];
        HostArrays.AssertSameBits(expected, backend.Download(sum), "added gradient");
        return overwritten;
    }

    /// <summary>|found − expected| ≤ relative · |expected| + absolute, for every element.</summary>
    public static void AssertNear(IEnumerable<double> expected, float[] found, double relative, double absolute, string what)
    {
        int i = 0;
        foreach (double value in expected)
        {
            double error = Math.Abs(found[i] - value);
            Assert.True(
                error <= (relative * Math.Abs(value)) + absolute, $"{what}[{i}]: expected {value:R}, found {found[i]:R}, error {error:E2}");
            i++;
        }

        Assert.Equal(i, found.Length);
    }
}
