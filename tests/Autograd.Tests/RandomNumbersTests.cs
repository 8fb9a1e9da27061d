// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Autograd.Tests;

public class RandomNumbersTests
{
    [Fact]
    public void Unit_OfTheExtremeWords_StaysInsideTheInterval()
    {
        Assert.Equal(Math.ScaleB(1, -53), RandomNumbers.Unit(0, 0));
        Assert.Equal(1 - Math.ScaleB(1, -53), RandomNumbers.Unit(uint.MaxValue, uint.MaxValue));
    }

    [Theory]
    [InlineData(0x80000000u, 0u, 0.5)]
    [InlineData(0x40000000u, 0u, 0.25)]
    [InlineData(0u, 0x80000000u, 3.7252902984619140625e-9)]
    public void Unit_OfOneBit_IsItsPowerOfTwo(uint x0, uint x1, double expected) =>
        Assert.Equal(expected + Math.ScaleB(1, -53), RandomNumbers.Unit(x0, x1));

    [Fact]
    public void Below_ManyDraws_NeverReachesTheBound()
    {
        var random = new RandomNumbers(3, 4);
        Assert.All(Enumerable.Range(1, 5000), bound => Assert.InRange(random.Below(bound), 0, bound - 1));
    }
}
