// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests.Cpu;

/// <summary>A gradient's destination: poisoned if it is to be overwritten, with known content if it is to be added to.</summary>
internal sealed record Target(GradientTarget Gradient, float[]? Before)
{
    public static Target New(CpuBackend backend, Random random, Shape shape, bool accumulate)
    {
        if (!accumulate)
        {
            return new Target(new GradientTarget(backend.Poisoned(shape), false), null);
        }

        float[] before = HostArrays.Random(random, shape.Length);
        return new Target(new GradientTarget(backend.Upload(shape, before), true), before);
    }

    public void Check(CpuBackend backend, NaiveProduct expected, double tolerance, string what)
    {
        NaiveProduct all = Before is null ? expected : expected.Plus(i => Before[i]);
        HostArrays.AssertClose(all.Values, all.Magnitudes, backend.Download(Gradient.Tensor), tolerance, what);
    }
}
