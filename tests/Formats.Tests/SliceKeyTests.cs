// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

public class SliceKeyTests
{
    // A slice of the table in goldens/google/checkpoint-tiny/partitioned: rows 88 to 130 of [131, 20].
    [Fact]
    public void Encode_SliceOfTheGolden_IsTensorFlowsKey()
    {
        byte[] key = SliceKey.Encode("n"u8, [new SliceExtent(88, 43), new SliceExtent(0, 20)]);
        Assert.Equal("006E00010102C058AB8094", Convert.ToHexString(key));
    }

    [Theory]
    [InlineData(0, "80")]
    [InlineData(63, "BF")]
    [InlineData(64, "C040")]
    [InlineData(8191, "DFFF")]
    [InlineData(8192, "E02000")]
    [InlineData(-1, "7F")]
    [InlineData(-64, "40")]
    [InlineData(-65, "3FBF")]
    [InlineData(long.MaxValue, "FFC07FFFFFFFFFFFFFFF")]
    [InlineData((1L << 62) - 1, "FFBFFFFFFFFFFFFFFF")]
    [InlineData((1L << 55) - 1, "FF7FFFFFFFFFFFFF")]
    [InlineData(1L << 55, "FF8080000000000000")]
    public void AppendSigned_AnySize_AsOrderedCode(long value, string expected)
    {
        var bytes = new List<byte>();
        SliceKey.AppendSigned(bytes, value);
        Assert.Equal(expected, Convert.ToHexString([.. bytes]));
    }

    [Fact]
    public void AppendSigned_AscendingValues_AscendingBytes()
    {
        long[] values =
        [
            .. Enumerable.Range(0, 63).Select(i => -(1L << (62 - i))).SelectMany(v => new[] { v - 1, v }),
            0,
            .. Enumerable.Range(0, 63).Select(i => 1L << i).SelectMany(v => new[] { v, v + 1 }),
        ];
        byte[][] codes = [.. values.Distinct().Order().Select(Code)];
        Assert.All(codes.Zip(codes.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) < 0));
    }

    [Fact]
    public void Encode_NameWithZeroAndFF_IsEscaped()
    {
        byte[] key = SliceKey.Encode([0x61, 0x00, 0xFF], []);
        Assert.Equal("006100FFFF00000100", Convert.ToHexString(key));
    }

    private static byte[] Code(long value)
    {
        var bytes = new List<byte>();
        SliceKey.AppendSigned(bytes, value);
        return [.. bytes];
    }
}
