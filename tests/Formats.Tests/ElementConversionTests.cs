// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

public class ElementConversionTests
{
    [Fact]
    public void Convert_Float16AllCodes_EqualsHalf()
    {
        ushort[] codes = [.. Enumerable.Range(0, 65536).Select(i => (ushort)i)];
        double[] values = Doubles(ElementType.Float16, [.. codes.SelectMany(BitConverter.GetBytes)]);
        Assert.All(codes, code => Assert.Equal((double)BitConverter.UInt16BitsToHalf(code), values[code]));
    }

    [Theory]
    [InlineData(0x3F80, 1.0)]
    [InlineData(0xC040, -3.0)]
    [InlineData(0x0001, 9.183549615799121e-41)]
    [InlineData(0x7F80, double.PositiveInfinity)]
    [InlineData(0x7FC0, double.NaN)]
    public void Convert_BFloat16_IsUpperHalfOfFloat32(int code, double expected)
    {
        Assert.Equal([expected], Doubles(ElementType.BFloat16, BitConverter.GetBytes((ushort)code)));
    }

    // Values of "OCP 8-bit Floating Point Specification", table 2: largest, smallest normal, largest and smallest subnormal.
    [Theory]
    [InlineData(ElementType.Float8E4M3, 0x7E, 448)]
    [InlineData(ElementType.Float8E4M3, 0x08, 0.015625)]
    [InlineData(ElementType.Float8E4M3, 0x07, 0.013671875)]
    [InlineData(ElementType.Float8E4M3, 0x81, -0.001953125)]
    [InlineData(ElementType.Float8E4M3, 0xFF, double.NaN)]
    [InlineData(ElementType.Float8E4M3, 0x38, 1)]
    [InlineData(ElementType.Float8E5M2, 0x7B, 57344)]
    [InlineData(ElementType.Float8E5M2, 0x04, 6.103515625e-05)]
    [InlineData(ElementType.Float8E5M2, 0x01, 1.52587890625e-05)]
    [InlineData(ElementType.Float8E5M2, 0xFC, double.NegativeInfinity)]
    [InlineData(ElementType.Float8E5M2, 0xBC, -1)]
    public void Convert_Float8_AsSpecified(ElementType type, int code, double expected)
    {
        Assert.Equal([expected], Doubles(type, [(byte)code]));
    }

    [Fact]
    public void Convert_Integers_KeepSignAndSize()
    {
        Assert.Equal([-1.0, 127], Doubles(ElementType.Int8, [0xFF, 0x7F]));
        Assert.Equal([255.0, 127], Doubles(ElementType.UInt8, [0xFF, 0x7F]));
        Assert.Equal([-2.0], Doubles(ElementType.Int16, BitConverter.GetBytes((short)-2)));
        Assert.Equal([65534.0], Doubles(ElementType.UInt16, BitConverter.GetBytes((short)-2)));
        Assert.Equal([-3.0], Doubles(ElementType.Int32, BitConverter.GetBytes(-3)));
        Assert.Equal([4294967293.0], Doubles(ElementType.UInt32, BitConverter.GetBytes(-3)));
        Assert.Equal([-9007199254740991.0], Doubles(ElementType.Int64, BitConverter.GetBytes(-9007199254740991)));
        Assert.Equal([18446744073709551615.0], Doubles(ElementType.UInt64, BitConverter.GetBytes(-1L)));
        Assert.Equal([0.0, 1, 1], Doubles(ElementType.Bool, [0, 1, 2]));
    }

    [Fact]
    public void Convert_DoubleToSingle_RoundsToNearestEven()
    {
        double[] values = [0.1, -1e-50, 1e300, 1 + Math.ScaleB(1, -24), 1 + (3 * Math.ScaleB(1, -24)), double.NaN];
        var singles = new float[values.Length];
        ElementConversion.Convert(ElementType.Float64, Range([.. values.SelectMany(BitConverter.GetBytes)]), singles.AsSpan());
        Assert.Equal([0.1f, -0f, float.PositiveInfinity, 1f, 1 + MathF.ScaleB(1, -22), float.NaN], singles);
    }

    [Fact]
    public void Convert_Float32ToSingle_KeepsEveryBitOfNaN()
    {
        uint[] bits = [0x7F800001, 0xFFC12345, 0x80000000, 0x00000001];
        var singles = new float[bits.Length];
        ElementConversion.Convert(ElementType.Float32, Range([.. bits.SelectMany(BitConverter.GetBytes)]), singles.AsSpan());
        Assert.Equal(bits, singles.Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Convert_MoreThanOneChunkAtOddOffset_AllElementsInPlace()
    {
        const int Count = (1 << 20) + 17;
        byte[] bytes = [0xAA, .. Enumerable.Range(0, Count).SelectMany(i => BitConverter.GetBytes((short)(i % 30000)))];
        var singles = new float[Count];
        ElementConversion.Convert(ElementType.Int16, new ByteRange(new MemoryBytes(bytes), 1, bytes.Length - 1), singles.AsSpan());
        Assert.All(Enumerable.Range(0, Count).Where(i => i < 9 || i > Count - 40), i => Assert.Equal(i % 30000, singles[i]));
    }

    private static double[] Doubles(ElementType type, byte[] bytes)
    {
        var values = new double[bytes.Length * 8 / type.BitsPerElement()];
        ElementConversion.Convert(type, Range(bytes), values.AsSpan());
        return values;
    }

    private static ByteRange Range(byte[] bytes) => new(new MemoryBytes(bytes), 0, bytes.Length);
}
