// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors.Tests.Cpu;

namespace BertManaged.Tensors.Tests;

/// <summary>An element's value depends on the element alone: not on the width, not on its place in the row.</summary>
public class FunctionBitsTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Functions_AtEveryWidthAndLength_GiveTheSameBits(SimdLevel level)
    {
        Check<ExponentialFunction>(level);
        Check<TanhFunction>(level);
        Check<CumulativeFunction>(level);
        Check<DensityFunction>(level);
    }

    [Theory]
    [InlineData(0f, 1f)]
    [InlineData(1e-45f, 1f)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.MaxValue, float.PositiveInfinity)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(88.72284f, float.PositiveInfinity)]
    [InlineData(-103.97209f, 0f)]
    [InlineData(-103.97208f, float.Epsilon)]
    [InlineData(float.NaN, float.NaN)]
    public void Exponential_AtTheEdges_IsExact(float x, float expected) => AtAllLevels(default(ExponentialFunction), x, expected);

    [Theory]
    [InlineData(0f, 0f)]
    [InlineData(1e-45f, 1e-45f)]
    [InlineData(-1e-30f, -1e-30f)]
    [InlineData(20f, 1f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, -1f)]
    [InlineData(float.NaN, float.NaN)]
    public void Tanh_AtTheEdges_IsExact(float x, float expected) => AtAllLevels(default(TanhFunction), x, expected);

    [Fact]
    public void Tanh_OfMinusZero_IsMinusZero() => AtAllLevels(default(TanhFunction), -0f, -0f);

    [Theory]
    [InlineData(0f, 0.5f)]
    [InlineData(1e-45f, 0.5f)]
    [InlineData(6f, 1f)]
    [InlineData(-15f, 0f)]
    [InlineData(float.MaxValue, 1f)]
    [InlineData(float.MinValue, 0f)]
    [InlineData(float.PositiveInfinity, 1f)]
    [InlineData(float.NegativeInfinity, 0f)]
    [InlineData(float.NaN, float.NaN)]
    public void Cumulative_AtTheEdges_IsExact(float x, float expected) => AtAllLevels(default(CumulativeFunction), x, expected);

    private static void AtAllLevels<TFunction>(TFunction function, float x, float expected)
        where TFunction : struct, IMap
    {
        foreach (SimdLevel level in Levels.All)
        {
            float found = Levels.Map(level, function, [x])[0];
            bool same = expected.Equals(found) && (float.IsNaN(found) || float.IsNegative(expected) == float.IsNegative(found));
            Assert.True(same, $"{level}: expected {expected:R}, found {found:R}");
        }
    }

    private static void Check<TFunction>(SimdLevel level)
        where TFunction : struct, IMap
    {
        var random = new Random(11);
        float[] x = [.. Enumerable.Range(0, 4099).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-8, 4))))];
        float[] one = Levels.Map(SimdLevel.Scalar, default(TFunction), x);
        HostArrays.AssertSameBits(one, Levels.Map(level, default(TFunction), x), "all");
        for (int length = 0; length < 40; length++)
        {
            HostArrays.AssertSameBits(one[..length], Levels.Map(level, default(TFunction), x[..length]), $"first {length}");
        }
    }
}
