// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

public class DropoutTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Dropout_OfAllLengths_DropsWhatTheMaskSays(SimdLevel level)
    {
        using var backend = new CpuBackend(2, level);
        foreach (int length in Case.Lengths)
        {
            var mask = new DropoutMask(length % 2 == 0 ? 0.1 : 0.5, 0xFEDCBA9876543210 + (ulong)length, 17, (uint)length);
            float[] x = Case.Normal(new Random(length), length);
            Tensor input = backend.Vector(x);
            Assert.Equal(
                x.Select((a, i) => mask.Keeps(i) ? a * (float)mask.Scale : 0),
                backend.Gradient(length, y => backend.Dropout(input, mask, y)));
            backend.ResetStep();
        }
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Row_StartingAnywhere_DropsWhatTheMaskSays(SimdLevel level)
    {
        var mask = new DropoutMask(0.3, 42, 3, 9);
        for (long first = (1L << 34) - 40; first < (1L << 34) + 40; first += 3)
        {
            Simd.Run(level, new Comparison(mask, first, 1100));
        }
    }

    [Fact]
    public void Dropout_OfNothing_KeepsEveryBit()
    {
        using var backend = new CpuBackend(1);
        float[] x = Case.Normal(new Random(1), 100);
        Tensor input = backend.Vector(x);
        HostArrays.AssertSameBits(
            x, backend.Output(100, y => backend.Dropout(input, new DropoutMask(0, 1, 2, 3), new GradientTarget(y, false))), "p = 0");
    }

    [Theory]
    [MemberData(nameof(Supported))]
    public void Dropout_OfInfinityAndNaN_DropsThemToo(SimdLevel level)
    {
        using var backend = new CpuBackend(1, level);
        var mask = new DropoutMask(0.5, 1, 2, 3);
        Tensor input = backend.Vector([.. Enumerable.Range(0, 64).Select(i => i % 2 == 0 ? float.NaN : float.PositiveInfinity)]);
        float[] y = backend.Output(64, y => backend.Dropout(input, mask, new GradientTarget(y, false)));
        Assert.All(Enumerable.Range(0, 64), i => Assert.Equal(mask.Keeps(i), !float.IsFinite(y[i])));
    }

    private readonly unsafe struct Comparison(DropoutMask mask, long first, int length) : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            float[] values = new float[length];
            Array.Fill(values, 1f);
            fixed (float* x = values)
            {
                DropoutRow.Apply<V>(mask, first, x, x, length, addend: null);
            }

            for (int i = 0; i < length; i++)
            {
                Assert.Equal(mask.Keeps(first + i) ? (float)mask.Scale : 0f, values[i]);
            }
        }
    }
}
