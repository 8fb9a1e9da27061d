// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewAndExistingFolder_HasTheNewFilesAlone()
    {
        string path = _folder.PathOf("checkpoint-1");
        AtomicFolder.Write(path, ("a", stream => stream.Write("first"u8)), ("b", stream => stream.Write("of the old one"u8)));
        Assert.Equal(["a", "b"], Names(path));
        AtomicFolder.Write(path, ("a", stream => stream.Write("second"u8)));
        Assert.Equal(["a"], Names(path));
        Assert.Equal("second", File.ReadAllText(Path.Combine(path, "a")));
        Assert.Equal(["checkpoint-1"], Names(_folder.Root));
    }

    [Fact]
    public void Write_BeforeTheLastFileIsThrough_HasNotTheName()
    {
        string path = _folder.PathOf("checkpoint-1");
        AtomicFolder.Write(path, ("a", stream => stream.Write("a"u8)), ("b", _ => Assert.False(Directory.Exists(path))));
        Assert.True(Directory.Exists(path));
    }

    [Fact]
    public void Write_DiskFull_NamesTheFileAndLeavesTheOldFolder()
    {
        string path = _folder.PathOf("checkpoint-1");
        AtomicFolder.Write(path, ("a", stream => stream.Write("old"u8)));
        IOException e = Assert.ThrowsAny<IOException>(() => AtomicFolder.Write(
            path, ("a", stream => stream.Write("new"u8)), ("b", _ => throw new IOException("No space left on device"))));
        Assert.Equal(
            $"{Path.Combine(path, "b")}: the file cannot be written (No space left on device); what was there before is unchanged",
            e.Message);
        Assert.Equal("old", File.ReadAllText(Path.Combine(path, "a")));
        Assert.Equal(["checkpoint-1"], Names(_folder.Root));
    }

    [Fact]
    public void Write_CallbackFails_LeavesNothing()
    {
        Assert.Throws<ArithmeticException>(
            () => AtomicFolder.Write(_folder.PathOf("checkpoint-1"), ("a", _ => throw new ArithmeticException())));
        Assert.Empty(Names(_folder.Root));
    }

    [Fact]
    public void Write_OverWhatAKilledProcessLeft_IsWhole()
    {
        string partial = Directory.CreateDirectory(_folder.PathOf(".checkpoint-1.partial")).FullName;
        File.WriteAllText(Path.Combine(partial, "left"), "half");
        AtomicFolder.Write(_folder.PathOf("checkpoint-1"), ("a", stream => stream.Write("a"u8)));
        Assert.Equal(["a"], Names(_folder.PathOf("checkpoint-1")));
        Assert.Equal(["checkpoint-1"], Names(_folder.Root));
    }

    [Fact]
    public void Delete_AFolderOrNone_LeavesNothing()
    {
        string path = _folder.PathOf("checkpoint-1");
        AtomicFolder.Write(path, ("a", stream => stream.Write("a"u8)));
        AtomicFolder.Delete(path);
        AtomicFolder.Delete(path);
        Assert.Empty(Names(_folder.Root));
    }

    [Fact]
    public void DeleteLeftovers_TakesWhatIsPartialAndOurs()
    {
        foreach (string folder in (string[])[".checkpoint-1.partial", ".other-1.partial", "checkpoint-1"])
        {
            Directory.CreateDirectory(_folder.PathOf(folder));
        }

        foreach (string file in (string[])[".checkpoint-1.partial/half", ".checkpoint.partial", ".checkpoint", "checkpoint.partial"])
        {
            File.WriteAllText(_folder.PathOf(file), "");
        }

        PartialName.DeleteLeftovers(_folder.Root, name => name.StartsWith("checkpoint", StringComparison.Ordinal));
        Assert.Equal([".checkpoint", ".other-1.partial", "checkpoint-1", "checkpoint.partial"], Names(_folder.Root));
    }

    [Fact]
    public void FileStamp_TakenWhileWriting_IsThatOfTheFile()
    {
        // 32 bytes of zeros have this checksum: RFC 3720, B.4.
        string path = _folder.PathOf("zeros");
        FileStamp taken = default;
        AtomicFile.Write(path, FileStamp.Taken(
            stream =>
            {
                stream.Write(new byte[5]);
                stream.Write(new byte[27]);
            },
            stamp => taken = stamp));
        Assert.Equal(new FileStamp(32, 0x8A9136AA), taken);
        Assert.Equal(taken, FileStamp.Of(path));
        File.WriteAllBytes(path, [.. new byte[31], 1]);
        Assert.NotEqual(taken, FileStamp.Of(path));
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
