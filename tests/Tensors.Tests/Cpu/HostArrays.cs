// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

/// <summary>Arrays of the tests, and their way into the memory of a backend and back.</summary>
internal static class HostArrays
{
    /// <summary>The levels that this machine can run.</summary>
    public static IEnumerable<SimdLevel> Levels => Enum.GetValues<SimdLevel>().Where(Simd.IsSupported);

    public static float[] Random(Random random, int length)
    {
        var values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = (float)((2 * random.NextDouble()) - 1);
        }

        return values;
    }

    public static Tensor Upload(this CpuBackend backend, Shape shape, float[] values)
    {
        Tensor tensor = backend.Allocate(shape, Lifetime.Step);
        backend.CopyFromHost(values, tensor);
        return tensor;
    }

    /// <summary>A destination whose old content would be noticed.</summary>
    public static Tensor Poisoned(this CpuBackend backend, Shape shape)
    {
        Tensor tensor = backend.Allocate(shape, Lifetime.Step);
        backend.Fill(double.NaN, tensor);
        return tensor;
    }

    public static float[] Download(this CpuBackend backend, Tensor tensor)
    {
        var values = new float[tensor.Length];
        backend.CopyToHost(tensor, values);
        return values;
    }

    /// <summary>Every value is within <paramref name="tolerance"/> times its magnitude (the sum of the absolute terms) of the
    /// truth.</summary>
    public static void AssertClose(double[] expected, double[] magnitudes, float[] actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(
                error <= (tolerance * magnitudes[i]) + 1e-30,
                $"{what}[{i}]: expected {expected[i]:R}, got {actual[i]:R}, error {error:E2} of magnitude {magnitudes[i]:E2}");
        }
    }

    public static void AssertSameBits(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"{what}[{i}]: {expected[i]:R} and {actual[i]:R} differ");
        }
    }
}
