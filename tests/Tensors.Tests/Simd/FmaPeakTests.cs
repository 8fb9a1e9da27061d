// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

public class FmaPeakTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Theory]
    [MemberData(nameof(Supported))]
    public void Measure_AtEveryWidth_GivesRates(SimdLevel level)
    {
        FmaRate rate = FmaPeak.Measure(threads: 1, level, Short);
        Assert.InRange(rate.GigaFlops, 0.01, 10_000);
        Assert.InRange(rate.FastestGigaFlops, rate.GigaFlops, 10_000);
    }

    [Fact]
    public void Measure_OfMoreThreadsThanCores_IsThatOfTheCores()
    {
        int cores = Environment.ProcessorCount;
        double one = FmaPeak.Measure(threads: 1, SimdLevel.Scalar, Short).FastestGigaFlops;
        Assert.InRange(FmaPeak.Measure(threads: 64 * cores, SimdLevel.Scalar, Short).GigaFlops, 0, 16 * one * cores);
    }

    [Fact]
    public void Measure_ForNoTime_MeasuresABurst() =>
        Assert.InRange(FmaPeak.Measure(threads: 1, SimdLevel.Scalar, TimeSpan.Zero).GigaFlops, 0.01, 10_000);

    [Fact]
    public void Measure_OfNoThreads_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FmaPeak.Measure(threads: 0, SimdLevel.Scalar, Short));
}
