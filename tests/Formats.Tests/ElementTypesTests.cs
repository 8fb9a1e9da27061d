// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

public class ElementTypesTests
{
    // The order of the reference's enumeration; its writer sorts by it.
    [Fact]
    public void Name_SafetensorsTypes_AreTheReferencesInItsOrder()
    {
        string[] expected =
        [
            "BOOL", "F4", "F6_E2M3", "F6_E3M2", "U8", "I8", "F8_E5M2", "F8_E4M3", "F8_E8M0", "F8_E4M3FNUZ", "F8_E5M2FNUZ",
            "I16", "U16", "F16", "BF16", "I32", "U32", "F32", "C64", "F64", "I64", "U64",
        ];
        ElementType[] types = [.. Enum.GetValues<ElementType>().Where(type => type.IsSafetensors())];
        Assert.Equal(expected, types.Select(type => type.Name()));
        Assert.All(types, type => Assert.True(ElementTypes.TryParse(type.Name(), out ElementType parsed) && parsed == type));
    }

    [Theory]
    [InlineData("STRING")]
    [InlineData("OTHER")]
    [InlineData("f32")]
    [InlineData("")]
    public void TryParse_NoSafetensorsName_IsFalse(string name) => Assert.False(ElementTypes.TryParse(name, out _));

    [Fact]
    public void BitsPerElement_NameWithANumber_BeginsWithThatNumber()
    {
        Assert.All(Enum.GetValues<ElementType>().Where(type => type.Name().Any(char.IsAsciiDigit)), type =>
        {
            string digits = string.Concat(type.Name().SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
            Assert.Equal(int.Parse(digits, null), type.BitsPerElement());
        });
    }

    [Fact]
    public void Utf8Order_AnyPairs_EqualsOrderOfUtf8Bytes()
    {
        string[] names = ["", "a", "ab", "b", "\uD7FF", "\uE000", "\uFFFD", "\U0001F600", "\U0010FFFF", "a\U0001F600", "a\uFF5E", "ä"];
        foreach (string x in names)
        {
            foreach (string y in names)
            {
                int expected = System.Text.Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(y));
                Assert.Equal(Math.Sign(expected), Math.Sign(Utf8Order.Compare(x, y)));
            }
        }
    }
}
