// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

/// <summary>What a path may mean.</summary>
public sealed class TensorFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bert_model.ckpt")]
    [InlineData("bert_model.ckpt.index")]
    [InlineData("bert_model.ckpt.data-00000-of-00001")]
    [InlineData("")]
    public void Open_BundleByAnyOfItsNames_IsTheBundle(string name)
    {
        new BundleBuilder().AddFloats("x", [1], 5).Write(_folder, "bert_model.ckpt");
        using ITensorFile file = TensorFiles.Open(_folder.PathOf(name));
        Assert.Equal("TensorFlow checkpoint", file.Format);
        Assert.Equal(_folder.PathOf(name), file.Path);
        Assert.Equal("x", Assert.Single(file.Tensors).Name);
    }

    [Fact]
    public void Open_FolderWithSeveral_PrefersStateThenSafetensorsThenIndex()
    {
        new BundleBuilder().AddFloats("bundle", [1], 5).Write(_folder, "bert_model.ckpt");
        Assert.Equal("bundle", NameIn(_folder.Root));
        SafetensorsWriter.Write(_folder.PathOf("model.safetensors"), [TensorEntry.Of("safe", [1], new float[] { 1 })]);
        Assert.Equal("safe", NameIn(_folder.Root));
        _folder.Write("checkpoint", "model_checkpoint_path: \"bert_model.ckpt\"");
        Assert.Equal("bundle", NameIn(_folder.Root));
    }

    [Fact]
    public void Open_FolderThatDoesNotSayWhich_IsRefused()
    {
        Assert.Contains("found neither", Complaint.Of(_folder.Root).Message, StringComparison.Ordinal);
        _folder.Write("pytorch_model.bin", "PK");
        Assert.Contains("pickled objects", Complaint.Of(_folder.Root).Message, StringComparison.Ordinal);
        new BundleBuilder().AddFloats("x", [1], 5).Write(_folder, "a.ckpt");
        new BundleBuilder().AddFloats("x", [1], 5).Write(_folder, "b.ckpt");
        TensorFileException complaint = Complaint.Of(_folder.Root);
        Assert.Contains($"has 2 TensorFlow checkpoints and no file 'checkpoint' that says which is meant; name one, such as " +
            $"{_folder.PathOf("b.ckpt")}", complaint.Message, StringComparison.Ordinal);
        Assert.Equal(TensorFileFault.Path, complaint.Fault);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("missing.safetensors")]
    [InlineData("missing/bert_model.ckpt")]
    [InlineData("missing.ckpt.index")]
    [InlineData("missing.zip")]
    [InlineData("bert_model.ckpt.data-00000-of-00001")]
    public void Open_NothingThere_IsAFaultOfThePath(string name)
    {
        TensorFileException complaint = Complaint.Of(_folder.PathOf(name));
        Assert.Contains("there is no such file", complaint.Message, StringComparison.Ordinal);
        Assert.Equal(TensorFileFault.Path, complaint.Fault);
    }

    [Theory]
    [InlineData("notes.txt", "Some notes about a model.")]
    [InlineData("model.h5", "\u0089HDF\r\n\u001a\n")]
    [InlineData("empty.bin", "")]
    public void Open_UnknownFormat_SaysWhatIsKnown(string name, string content)
    {
        Assert.Contains("expected a .safetensors file, a TensorFlow " +
            "checkpoint", Complaint.Of(_folder.Write(name, content)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SafetensorsUnderAnotherName_IsRead() =>
        Complaint.ReadEverything(_folder.Write("pytorch_weights.bin", SafetensorsBuilder.Small()));

    [Fact]
    public void Open_FileWithoutPermission_IsAFaultOfThePath()
    {
        string path = _folder.Write("m.safetensors", SafetensorsBuilder.Small());
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("needs a user to whom permissions apply");
        }
        else
        {
            File.SetUnixFileMode(path, UnixFileMode.None);
        }

        Assert.Equal(TensorFileFault.Path, Complaint.Of(path).Fault);
    }

    private static string NameIn(string path)
    {
        using ITensorFile file = TensorFiles.Open(path);
        return Assert.Single(file.Tensors).Name;
    }
}
