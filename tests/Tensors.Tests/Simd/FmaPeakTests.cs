// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

public class FmaPeakTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void GigaFlops_AtEveryWidth_IsARate(SimdLevel level) =>
        Assert.InRange(FmaPeak.GigaFlops(threads: 1, level), 0.01, 10_000);

    [Fact]
    public void GigaFlops_OfMoreThreadsThanCores_IsThatOfTheCores()
    {
        int cores = Environment.ProcessorCount;
        double one = FmaPeak.GigaFlops(threads: 1, SimdLevel.Scalar);
        Assert.InRange(FmaPeak.GigaFlops(threads: 64 * cores, SimdLevel.Scalar), 0, 16 * one * cores);
    }

    [Fact]
    public void GigaFlops_OfNoThreads_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => FmaPeak.GigaFlops(threads: 0, SimdLevel.Scalar));
}
