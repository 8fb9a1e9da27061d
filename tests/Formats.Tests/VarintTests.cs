// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats.Tests;

/// <summary>Integers as packed fields have them, against what Google.Protobuf writes one by one.</summary>
public sealed class VarintTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(14)]
    [InlineData(15)]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(28)]
    [InlineData(29)]
    [InlineData(32)]
    public void WriteAll_ValuesUpToSomeBits_AreAsProtobufWritesThem(int mostBits)
    {
        Random random = new(mostBits);
        for (int count = 0; count < 100; count++)
        {
            // Lengths are mixed: of each value as many bits as chance will have it.
            Check([.. Enumerable.Range(0, count).Select(_ => (int)(random.NextInt64(1L << mostBits) >> random.Next(mostBits)))]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x7F)]
    [InlineData(0x80)]
    [InlineData(0x3FFF)]
    [InlineData(0x4000)]
    [InlineData(0x1F_FFFF)]
    [InlineData(0x20_0000)]
    [InlineData(0xFFF_FFFF)]
    [InlineData(0x1000_0000)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public void WriteAll_OneValueAtTheEdgeOfALength_AnywhereAmongOthers(int edge)
    {
        foreach (int other in (int[])[0, 1, 0x80, 0x4000])
        {
            for (int place = 0; place < 37; place++)
            {
                int[] values = new int[37];
                Array.Fill(values, other);
                values[place] = edge;
                Check(values);
            }
        }
    }

    private static void Check(int[] values)
    {
        using MemoryStream expected = new();
        using (CodedOutputStream output = new(expected, leaveOpen: true))
        {
            Array.ForEach(values, output.WriteInt32);
        }

        byte[] found = new byte[Varint.LongestBytes * values.Length];
        int bytes = Varint.WriteAll(values, found);
        Assert.Equal(expected.ToArray(), found[..bytes]);
    }
}
