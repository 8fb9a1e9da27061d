// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

/// <summary>The error bounds stated in docs/decisions/0004-exp-erf-tanh.md.</summary>
public class FunctionAccuracyTests(ITestOutputHelper output)
{
    // A prime step over all bit patterns, so that all exponents and all endings of significands take part.
    private const uint SampleStep = 1009;

    // The measured maxima over all floats are 1.012, 1.050, 1.698, 6.120 and 2.124.
    private const double ExponentialBound = 1.05;
    private const double TanhBound = 1.1;
    private const double CumulativeBound = 1.75;
    private const double LowerTailBound = 6.5;
    private const double DensityBound = 2.25;

    [Fact]
    public void Exponential_OfASampleOfAllFloats_IsWithinItsBound() => CheckExponential(SampleStep);

    [Fact]
    public void Tanh_OfASampleOfAllFloats_IsWithinItsBound() => CheckTanh(SampleStep);

    [Fact]
    public void Cumulative_OfASampleOfAllFloats_IsWithinItsBounds() => CheckCumulative(SampleStep);

    [Fact]
    public void Density_OfASampleOfAllFloats_IsWithinItsBound() => CheckDensity(SampleStep);

    [Fact(Explicit = true)]
    public void Functions_OfAllFloats_AreWithinTheirBounds()
    {
        CheckExponential(1);
        CheckTanh(1);
        CheckCumulative(1);
        CheckDensity(1);
    }

    // Beyond its range each function is constant; the sample covers it, the walk over all floats need not.
    private void CheckExponential(uint step) =>
        Check("exp", default(ExponentialFunction), Math.Exp, x => step > 1 || (x is > -105 and < 90), ExponentialBound, step);

    private void CheckTanh(uint step) =>
        Check("tanh", default(TanhFunction), Math.Tanh, x => step > 1 || (x is > -10 and < 10), TanhBound, step);

    private void CheckCumulative(uint step)
    {
        Check(
            "normal cdf", default(CumulativeFunction), NormalReference.Cumulative, x => x >= -1 && (step > 1 || x < 6),
            CumulativeBound, step);
        Check(
            "normal cdf, lower tail", default(CumulativeFunction), NormalReference.Cumulative, x => x < -1 && (step > 1 || x > -15),
            LowerTailBound, step);
    }

    private void CheckDensity(uint step) => Check(
        "normal density", default(DensityFunction), NormalReference.Density, x => step > 1 || (x is > -15 and < 15), DensityBound, step);

    private void Check<TFunction>(
        string name, TFunction function, Func<double, double> reference, Func<float, bool> takesPart, double bound, uint step)
        where TFunction : struct, IMap
    {
        (double worst, float at) = (0, 0);
        var batch = new float[1 << 16];
        for (ulong bits = 0; bits < 1ul << 32;)
        {
            int count = 0;
            for (; count < batch.Length && bits < 1ul << 32; bits += step)
            {
                float x = BitConverter.UInt32BitsToSingle((uint)bits);
                batch[count] = x;
                count += float.IsFinite(x) && takesPart(x) ? 1 : 0;
            }

            float[] found = Levels.Map(Simd.Widest, function, batch);
            for (int i = 0; i < count; i++)
            {
                double error = Ulp.Error(found[i], reference(batch[i]));
                (worst, at) = error > worst ? (error, batch[i]) : (worst, at);
            }
        }

        output.WriteLine($"{name}: at most {worst:0.000} ulp, at {at:R}");
        Assert.True(worst <= bound, $"{name}({at:R}) is {worst:0.000} ulp off, more than {bound}");
    }
}
