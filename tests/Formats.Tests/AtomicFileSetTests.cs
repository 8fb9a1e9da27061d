// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

public sealed class AtomicFileSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Commit_FilesWrittenByTurns_AreThereTogether()
    {
        string one = _folder.Write("one", "old"), two = _folder.PathOf("two");
        using (var set = new AtomicFileSet())
        {
            Stream[] streams = [set.Create(one), set.Create(two)];
            for (int i = 0; i < 10; i++)
            {
                streams[i % 2].WriteByte((byte)('0' + i));
            }

            Assert.Equal("old", File.ReadAllText(one));
            Assert.False(File.Exists(two));
            set.Commit();
        }

        Assert.Equal("02468", File.ReadAllText(one));
        Assert.Equal("13579", File.ReadAllText(two));
        Assert.Equal(["one", "two"], _folder.FileNames());
    }

    [Fact]
    public void Dispose_WithoutCommit_LeavesAllAsItWas()
    {
        string one = _folder.Write("one", "old");
        using (var set = new AtomicFileSet())
        {
            set.Create(one).Write(new byte[1 << 20]);
            set.Create(_folder.PathOf("two")).Write("new"u8);
        }

        Assert.Equal("old", File.ReadAllText(one));
        Assert.Equal(["one"], _folder.FileNames());
    }

    [Fact]
    public void Create_SameFileTwiceOrInNoFolder_NamesTheFileAndTheReason()
    {
        using var set = new AtomicFileSet();
        string one = _folder.PathOf("one"), nowhere = _folder.PathOf("no/where");
        set.Create(one);
        Assert.StartsWith($"{one}: the file cannot be written (", Assert.ThrowsAny<IOException>(() => set.Create(one)).Message);
        Assert.StartsWith($"{nowhere}: the file cannot be written (", Assert.ThrowsAny<IOException>(() => set.Create(nowhere)).Message);
    }

    [Fact]
    public void Commit_OneTargetBecameAFolder_NamesItAndLeavesNothingTemporary()
    {
        string one = _folder.PathOf("one");
        using (var set = new AtomicFileSet())
        {
            set.Create(one).Write("new"u8);
            Directory.CreateDirectory(one);
            Assert.StartsWith($"{one}: the file cannot be written (", Assert.ThrowsAny<IOException>(set.Commit).Message);
        }

        Assert.Empty(_folder.FileNames());
    }
}
