// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats.Tests;

public sealed class SafetensorsHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_SmallFile_ListsInNameOrderAndReads()
    {
        using ITensorFile file = TensorFiles.Open(_folder.Write("m.safetensors", SafetensorsBuilder.Small()));
        Assert.Equal(["a", "b", "c"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2, 1], file.Tensors[0].Shape);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal("safetensors", file.Format);
        Assert.True(file.HasData);
        Assert.False(file.IsObjectCheckpoint);
        Assert.Equal([0, 7, 14, 21, 28, 35, 42, 49], file.ReadBytes("c"));
        Assert.True(file.TryGet("b", out TensorInfo? info));
        Assert.Equal(ElementType.Float16, info.Type);
        Assert.False(file.TryGet("d", out _));
    }

    [Theory]
    [InlineData("{}", 0)]
    [InlineData("{}      ", 0)]
    [InlineData("""{"__metadata__":{}}""", 0)]
    [InlineData("""{"s":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""", 4)]
    [InlineData("""{"e":{"dtype":"F32","shape":[0,4],"data_offsets":[0,0]}}""", 0)]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"e":{"dtype":"F32","shape":[0],"data_offsets":[2,2]}}""", 2)]
    [InlineData("""{"e":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("""{"f":{"dtype":"F4","shape":[4],"data_offsets":[0,2]}}""", 2)]
    [InlineData("""{"a":{"dtype":"U8","later":[{"x":1}],"shape":[2],"data_offsets":[0,2]}}""", 2)]
    [InlineData("""{"\u00e4\n\"":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2)]
    public void Open_WhatTheRulesAllow_IsRead(string header, int dataLength)
    {
        Complaint.ReadEverything(_folder.Write("m.safetensors", SafetensorsBuilder.Of(header, dataLength)));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3, "'a' should begin at offset 0")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}}""", 5,
        "'b' should begin at offset 2")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}""", 3,
        "'b' should begin at offset 2")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 1, "need 2 bytes of data, the file has 1; the file is cut short")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 3, "need 2 bytes of data, the file has 3; bytes are left over")]
    [InlineData("{}", 1, "bytes are left over")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,7]}}""", 7, "is 8 bytes, but data_offsets [0, 7]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[2,0]}}""", 2, "data_offsets [2, 0]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0]}}""", 2, "expected [begin, end]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2,2]}}""", 2, "expected [begin, end]")]
    [InlineData("""{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,1]}}""", 1, "no whole number of bytes")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "no whole number of bytes below 2^63")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4294967296,4294967296,0],"data_offsets":[0,0]}}""", 0, "no whole number of bytes below 2^63")]
    [InlineData("""{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "no whole number of bytes below 2^63")]
    [InlineData("""{"a":{"dtype":"F33","shape":[2],"data_offsets":[0,2]}}""", 2, "unknown dtype 'F33'")]
    [InlineData("""{"a":{"dtype":"STRING","shape":[2],"data_offsets":[0,2]}}""", 2, "unknown dtype")]
    [InlineData("""{"a":{"dtype":8,"shape":[2],"data_offsets":[0,2]}}""", 2, "dtype of tensor 'a' should be a string")]
    [InlineData("""{"a":{"dtype":"U8","shape":2,"data_offsets":[0,2]}}""", 2, "shape of tensor 'a' should be a list")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}""", 2, "whole number from 0 in shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}""", 2, "whole number from 0 in shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[[2]],"data_offsets":[0,2]}}""", 2, "whole number from 0 in shape")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,99999999999999999999]}}""", 2, "whole number from 0 in data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2]}}""", 2, "lacks data_offsets of tensor 'a'")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,2]}}""", 2, "lacks dtype of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","data_offsets":[0,2]}}""", 2, "lacks shape of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, "has dtype of tensor 'a' twice")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
        "the name 'a' twice")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"\u0061":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
        "the name 'a' twice")]
    [InlineData("""{"a":[]}""", 0, "tensor 'a' should be an object")]
    [InlineData("""{"__metadata__":{"n":1}}""", 0, "should hold strings, 'n' is none")]
    [InlineData("""{"__metadata__":{"n":"1","n":"2"}}""", 0, "'n' twice in '__metadata__'")]
    [InlineData("""{"__metadata__":"pt"}""", 0, "'__metadata__' should be an object")]
    [InlineData("", 0, "should begin with '{'")]
    [InlineData(" {}", 0, "should begin with '{'")]
    [InlineData("[]", 0, "should begin with '{'")]
    [InlineData("{", 0, "not valid JSON")]
    [InlineData("{}x", 0, "not valid JSON")]
    [InlineData("{} {}", 0, "not valid JSON")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2,],"data_offsets":[0,2]}}""", 2, "not valid JSON")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""", 2, "not Unicode")]
    public void Open_BrokenRule_SaysWhich(string header, int dataLength, string expected)
    {
        TensorFileException complaint = Complaint.Of(_folder.Write("m.safetensors", SafetensorsBuilder.Of(header, dataLength)));
        Assert.Contains(expected, complaint.Message, StringComparison.Ordinal);
        Assert.Equal(TensorFileFault.Content, complaint.Fault);
    }

    [Fact]
    public void Open_NameThatIsNotUtf8_IsRefused()
    {
        byte[] header = Encoding.Latin1.GetBytes("""{"é":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}""");
        Complaint.Of(_folder.Write("m.safetensors", SafetensorsBuilder.Of(header, 2)));
    }

    [Fact]
    public void Open_NameWithLineBreakInBrokenHeader_StaysOneLine()
    {
        TensorFileException complaint = Complaint.Of(_folder.Write("m.safetensors",
            SafetensorsBuilder.Of("""{"a\nb\u2028":{"dtype":"F33","shape":[2],"data_offsets":[0,2]}}""", 2)));
        Assert.Contains("'a\\u000ab\\u2028'", complaint.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100_000_001UL, "is 100000001, the most")]
    [InlineData(ulong.MaxValue, "is 18446744073709551615, the most")]
    [InlineData(100_000_000UL, "should have 100000000 bytes")]
    [InlineData(221UL, "should have 221 bytes, but only 220 follow")]
    public void Open_HeaderLengthThatLies_IsRefused(ulong length, string expected)
    {
        byte[] bytes = SafetensorsBuilder.Small();
        Assert.Equal(228, bytes.Length);
        BitConverter.GetBytes(length).CopyTo(bytes, 0);
        Assert.Contains(expected, Complaint.Of(_folder.Write("m.safetensors", bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CutAtEveryByte_IsRefused()
    {
        byte[] bytes = SafetensorsBuilder.Small();
        for (int length = 0; length < bytes.Length; length++)
        {
            Complaint.Of(_folder.Write("m.safetensors", bytes[..length]));
        }
    }

    [Fact]
    public void ReadSingles_WrongLength_NamesTensorAndBothLengths()
    {
        using ITensorFile file = TensorFiles.Open(_folder.Write("m.safetensors", SafetensorsBuilder.Small()));
        var e = Assert.Throws<ArgumentException>(() => file.ReadSingles("a", new float[3]));
        Assert.Contains("'a' has shape [2, 1], 2 elements; the destination has 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSingles_UnknownName_IsRefused()
    {
        using ITensorFile file = TensorFiles.Open(_folder.Write("m.safetensors", SafetensorsBuilder.Small()));
        var e = Assert.Throws<TensorFileException>(() => file.ReadSingles("x", new float[3]));
        Assert.Contains("no tensor 'x' among the 3", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadSingles_TypeThatIsNoNumber_IsRefusedAndItsBytesAreNot()
    {
        using ITensorFile file = TensorFiles.Open(_folder.Write("m.safetensors",
            SafetensorsBuilder.Of("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", 8)));
        var e = Assert.Throws<TensorFileException>(() => file.ReadSingles("a", new float[1]));
        Assert.Contains("element type C64", e.Message, StringComparison.Ordinal);
        Assert.Equal(8, file.ReadBytes("a").Length);
    }

    [Fact]
    public void ReadBytes_AfterDispose_Throws()
    {
        ITensorFile file = TensorFiles.Open(_folder.Write("m.safetensors", SafetensorsBuilder.Small()));
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => file.ReadBytes("a"));
    }
}
