// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Tensors.Tests;

public class PhiloxWordsTests
{
    public static TheoryData<SimdLevel> Supported => Levels.Supported;

    [Theory]
    [MemberData(nameof(Supported))]
    public void Words_OfManyBlocks_AreThoseOfEachElement(SimdLevel level)
    {
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            var mask = new DropoutMask(0.1, (ulong)random.NextInt64() * 3, (uint)random.NextInt64(), (uint)random.NextInt64());
            ulong firstBlock = round % 2 == 0 ? (ulong)random.Next(1000) : (1ul << 32) - (ulong)random.Next(20);
            Simd.Run(level, new Comparison(mask, firstBlock, 32 * random.Next(1, 9)));
        }
    }

    private readonly struct Comparison(DropoutMask mask, ulong firstBlock, int count) : ISimdAction
    {
        public void Invoke<V>()
            where V : unmanaged, ISimd<V>
        {
            var words = new uint[count];
            V.Random(mask, firstBlock, words);
            for (int i = 0; i < count; i++)
            {
                Assert.Equal(Philox.Word(mask, (long)(firstBlock * 4) + i), words[i]);
            }
        }
    }
}
