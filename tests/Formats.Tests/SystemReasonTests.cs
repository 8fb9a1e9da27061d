// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

/// <summary>Reasons in our own words: .NET's quote a path, which may be a temporary one.</summary>
public class SystemReasonTests
{
    [Theory]
    [InlineData("No space left on device : '/a/.b.partial'", "No space left on device")]
    [InlineData("Read-only file system : '/it's/here'", "Read-only file system")]
    [InlineData("Cannot access the file '/a' because another has it.", "Cannot access the file because another has it")]
    [InlineData("Input/output error", "Input/output error")]
    [InlineData("it's gone", "it's gone")]
    public void Reason_OfAMessageWithAPath_HasNone(string message, string expected) =>
        Assert.Equal(expected, SystemReason.Of(new IOException(message)));

    [Fact]
    public void Reason_OfAFolder_IsThatItIsOne()
    {
        using var folder = new TemporaryFolder();
        Exception e = Assert.ThrowsAny<Exception>(() => File.ReadAllBytes(folder.Root));
        Assert.Equal("it is a folder; name a file", SystemReason.Of(e, folder.Root));
        Assert.Equal("no permission", SystemReason.Of(e));
    }
}
