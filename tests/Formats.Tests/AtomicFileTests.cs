// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Formats.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_NewAndExistingFile_HasTheContentAlone()
    {
        string path = _folder.PathOf("config.json");
        AtomicFile.WriteText(path, "a much longer text than the second one: ä");
        Assert.Equal("a much longer text than the second one: ä"u8, File.ReadAllBytes(path));
        AtomicFile.Write(path, stream => stream.Write("short"u8));
        Assert.Equal("short", File.ReadAllText(path));
        Assert.Equal(["config.json"], _folder.FileNames());
    }

    [Fact]
    public void Write_CallbackFails_OldFileIsWholeAndNothingElseIsLeft()
    {
        string path = _folder.Write("model.safetensors", "old");
        Assert.Throws<ArithmeticException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new ArithmeticException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model.safetensors"], _folder.FileNames());
    }

    [Fact]
    public void WriteAll_LastCallbackFails_EveryOldFileIsWholeAndNothingElseIsLeft()
    {
        string weights = _folder.Write("model.safetensors", "old weights"), config = _folder.Write("config.json", "old config");
        var e = Assert.ThrowsAny<IOException>(() => AtomicFile.WriteAll(
            (weights, stream => stream.Write("new weights"u8)), (config, _ => throw new IOException("no space left"))));
        Assert.Contains(config, e.Message, StringComparison.Ordinal);
        Assert.Equal("old weights", File.ReadAllText(weights));
        Assert.Equal("old config", File.ReadAllText(config));
        Assert.Equal(["config.json", "model.safetensors"], _folder.FileNames());
    }

    [Fact]
    public void Write_DiskFull_NamesTheFileAndTheReason()
    {
        string path = _folder.Write("model.safetensors", "old");
        var e = Assert.ThrowsAny<IOException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[100]);
            throw new IOException("No space left on device");
        }));
        Assert.Equal($"{path}: the file cannot be written (No space left on device); what was there before is unchanged", e.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["model.safetensors"], _folder.FileNames());
    }

    [Fact]
    public void Write_FolderMissingOrTargetAFolder_SaysSo()
    {
        string missing = _folder.PathOf("no/such/file"), taken = _folder.PathOf("taken");
        var e = Assert.ThrowsAny<IOException>(() => AtomicFile.WriteText(missing, "x"));
        Assert.Equal($"{missing}: the file cannot be written (there is no such folder); what was there before is unchanged", e.Message);
        Directory.CreateDirectory(taken);
        e = Assert.ThrowsAny<IOException>(() => AtomicFile.WriteText(taken, "x"));
        Assert.Equal($"{taken}: the file cannot be written (it is a folder; name a file); what was there before is unchanged", e.Message);
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void Write_LeftoverOfAKilledProcess_IsUsedAgain()
    {
        _folder.Write(".a.txt.partial", new byte[1000]);
        AtomicFile.WriteText(_folder.PathOf("a.txt"), "whole");
        Assert.Equal("whole", File.ReadAllText(_folder.PathOf("a.txt")));
        Assert.Equal(["a.txt"], _folder.FileNames());
    }

    [Fact]
    public void Write_WhileAnotherWrites_FailsAndLeavesTheOtherAlone()
    {
        string path = _folder.PathOf("a.txt");
        AtomicFile.Write(path, stream =>
        {
            var e = Assert.ThrowsAny<IOException>(() => AtomicFile.WriteText(path, "second"));
            Assert.StartsWith($"{path}: the file cannot be written (", e.Message);
            Assert.DoesNotContain(".partial", e.Message, StringComparison.Ordinal);
            stream.Write("first"u8);
        });
        Assert.Equal("first", File.ReadAllText(path));
        Assert.Equal(["a.txt"], _folder.FileNames());
    }

    [Fact]
    public void Write_ThroughALink_ReplacesTheFileAndKeepsTheLink()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "links need privileges on Windows");
        string target = _folder.Write("target.txt", "old");
        File.CreateSymbolicLink(_folder.PathOf("link.txt"), target);
        AtomicFile.WriteText(_folder.PathOf("link.txt"), "new");
        Assert.Equal("new", File.ReadAllText(target));
        Assert.NotNull(File.ResolveLinkTarget(_folder.PathOf("link.txt"), returnFinalTarget: false));
    }

    [Fact]
    public void Write_WhileTheOldFileIsMapped_ReaderKeepsTheOldBytes()
    {
        Assert.SkipWhen(RuntimeInformation.IsOSPlatform(OSPlatform.Windows), "Windows does not replace mapped files");
        string path = _folder.PathOf("m.safetensors");
        SafetensorsWriter.Write(path, [TensorEntry.Of("a", [1], new float[] { 1 })]);
        using ITensorFile file = TensorFiles.Open(path);
        SafetensorsWriter.Write(path, [TensorEntry.Of("a", [1], new float[] { 2 })]);
        var value = new float[1];
        file.ReadSingles("a", value);
        Assert.Equal(1, value[0]);
    }
}
