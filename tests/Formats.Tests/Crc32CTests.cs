// SPDX-License-Identifier: Apache-2.0
using System.Text;

namespace BertManaged.Formats.Tests;

public class Crc32CTests
{
    // RFC 3720, appendix B.4, and the value every catalogue of checksums gives for "123456789".
    [Fact]
    public void Compute_PublishedVectors_Agree()
    {
        Assert.Equal(0xE3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0x8A9136AAu, Crc32C.Compute(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Compute([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Compute([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0u, Crc32C.Compute([]));
    }

    [Fact]
    public void Mask_KnownChecksums_AsTensorFlowStoresThem()
    {
        Assert.Equal(0xC78AB0E5u, Crc32C.Mask(0xE3069283));
        Assert.Equal(0xA282EAD8u, Crc32C.Mask(0));

        // The frame of the record "abc" in a TFRecord file.
        Assert.Equal(0x0E4999B0u, Crc32C.Mask(Crc32C.Compute(BitConverter.GetBytes(3L))));
        Assert.Equal(0x21F1576Eu, Crc32C.Mask(Crc32C.Compute("abc"u8)));
    }

    [Fact]
    public void Extend_AnyCutAndAlignment_EqualsDefinition()
    {
        byte[] bytes = new byte[300];
        new Random(5).NextBytes(bytes);
        for (int start = 0; start < 9; start++)
        {
            for (int cut = start; cut < bytes.Length; cut += 13)
            {
                uint crc = Crc32C.Extend(Crc32C.Compute(bytes.AsSpan(start, cut - start)), bytes.AsSpan(cut));
                Assert.Equal(SlowCrc.Compute(bytes.AsSpan(start)), crc);
            }
        }
    }

    [Fact]
    public void Crc32_PublishedVector_Agrees()
    {
        byte[] text = Encoding.ASCII.GetBytes("123456789");
        Assert.Equal(0xCBF43926u, Crc32.Extend(0, text));
        Assert.Equal(0xCBF43926u, Crc32.Extend(Crc32.Extend(0, text.AsSpan(0, 4)), text.AsSpan(4)));
    }
}
