// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Text.Tests.Unicode;

public class UnicodeTableTests
{
    private static readonly string TablePath = Repository.File("src", "Text", "Unicode", "unicode14.bin");

    /// <summary>To write the table anew: BERTMANAGED_WRITE_TABLES=1 artifacts/bin/Text.Tests/release/Text.Tests -class "*UnicodeTableTests".</summary>
    [Fact]
    public void CommittedTable_WrittenAnewFromTheSource_IsTheSame()
    {
        byte[] expected = new UnicodeTableWriter(UnicodeData.Read()).Write();
        if (Environment.GetEnvironmentVariable("BERTMANAGED_WRITE_TABLES") == "1")
        {
            File.WriteAllBytes(TablePath, expected);
        }

        Assert.True(expected.AsSpan().SequenceEqual(File.ReadAllBytes(TablePath)), $"{TablePath} is not what its source gives");
    }
}
