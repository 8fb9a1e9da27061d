// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

public class SimdLevelTests
{
    [Theory]
    [InlineData("512", SimdLevel.Vector512)]
    [InlineData("256", SimdLevel.Vector256)]
    [InlineData("128", SimdLevel.Vector128)]
    [InlineData("scalar", SimdLevel.Scalar)]
    public void Variable_NamingALevel_ForcesItOrSaysThatTheMachineLacksIt(string value, SimdLevel expected)
    {
        if (Simd.IsSupported(expected))
        {
            Assert.Equal(expected, Simd.Parse(value));
        }
        else
        {
            Assert.Contains($"{expected}", Assert.Throws<ArgumentException>(() => Simd.Parse(value)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Variable_NotSet_MeansTheWidest(string? value) => Assert.Equal(Levels.All[^1], Simd.Parse(value));

    [Theory]
    [InlineData("avx2")]
    [InlineData("Scalar")]
    [InlineData("512 ")]
    public void Variable_OfAnotherValue_IsAnErrorThatQuotesIt(string value)
    {
        string message = Assert.Throws<ArgumentException>(() => Simd.Parse(value)).Message;
        Assert.Contains($"BERTMANAGED_SIMD must be 512, 256, 128 or scalar, but is '{value}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backend_GivenALevel_HasIt()
    {
        using var backend = new CpuBackend(1, SimdLevel.Scalar);
        Assert.Equal(SimdLevel.Scalar, backend.Level);
    }
}
