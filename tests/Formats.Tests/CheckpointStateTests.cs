// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

public sealed class CheckpointStateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model_checkpoint_path: \"model.ckpt-2\"\nall_model_checkpoint_paths: \"model.ckpt-1\"\nall_model_checkpoint_paths: " +
        "\"model.ckpt-2\"\n")]
    [InlineData("all_model_checkpoint_timestamps: 1587.5e3\nlast_preserved_timestamp: -3\nmodel_checkpoint_path: \"model.ckpt-2\"")]
    [InlineData("# a comment: \"x\"\n  model_checkpoint_path : 'model' \".ckpt\"\r\n '-2' # end")]
    [InlineData("model_checkpoint_path: \"\\155\\x6fd\\145l.ckpt\\0552\"")]
    public void Open_Folder_TakesTheCheckpointTheStateNames(string state)
    {
        new BundleBuilder().AddFloats("old", [1], 1).Write(_folder, "model.ckpt-1");
        new BundleBuilder().AddFloats("new", [1], 2).Write(_folder, "model.ckpt-2");
        _folder.Write("checkpoint", state);
        using ITensorFile file = TensorFiles.Open(_folder.Root);
        Assert.Equal("new", Assert.Single(file.Tensors).Name);
        Assert.Equal(_folder.Root, file.Path);
    }

    [Fact]
    public void Open_StateWithAbsolutePathAndOddName_IsFound()
    {
        string prefix = new BundleBuilder().AddFloats("x", [1], 1).Write(_folder, "mod\"el ä\tx'");
        string escaped = prefix.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("ä", "\\303\\244", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)
                .Replace("'", "\\'", StringComparison.Ordinal);
        _folder.Write("checkpoint", $"model_checkpoint_path: \"{escaped}\"");
        Complaint.ReadEverything(_folder.Root);
    }

    [Fact]
    public void Open_StateNamesWhatIsNotThere_SaysSo()
    {
        new BundleBuilder().AddFloats("x", [1], 1).Write(_folder, "model.ckpt-1");
        _folder.Write("checkpoint", "model_checkpoint_path: \"model.ckpt-2\"");
        TensorFileException complaint = Complaint.Of(_folder.Root);
        Assert.Contains("names checkpoint 'model.ckpt-2' as the latest, but", complaint.Message, StringComparison.Ordinal);
        Assert.Equal(TensorFileFault.Path, complaint.Fault);

        _folder.Write("checkpoint", "model_checkpoint_path: \"/somewhere/else/model.ckpt-1\"");
        Assert.Contains($"name {_folder.PathOf("model.ckpt-1")} itself", Complaint.Of(_folder.Root).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("all_model_checkpoint_paths: \"model.ckpt-1\"")]
    [InlineData("model_checkpoint_path: \"\"")]
    [InlineData("model_checkpoint_path: model.ckpt-1")]
    [InlineData("model_checkpoint_path: \"model.ckpt-1")]
    [InlineData("model_checkpoint_path: \"model.ckpt-1\n\"")]
    [InlineData("model_checkpoint_path: \"model.ckpt\\")]
    [InlineData("model_checkpoint_path: \"model.ckpt\\q\"")]
    [InlineData("model_checkpoint_path: \"model.ckpt\\x\"")]
    [InlineData("model_checkpoint_path: \"a\\000b\"")]
    [InlineData("model_checkpoint_path \"model.ckpt-1\"")]
    [InlineData("model_checkpoint_path: \"a\" model_checkpoint_path: \"a\"")]
    [InlineData("model_checkpoint_path:")]
    [InlineData("{}")]
    [InlineData("\0\0\0")]
    public void Open_NoStateFile_IsRefused(string state)
    {
        new BundleBuilder().AddFloats("x", [1], 1).Write(_folder, "model.ckpt-1");
        _folder.Write("checkpoint", state);
        Assert.Contains("model_checkpoint_path", Complaint.Of(_folder.Root).Message, StringComparison.Ordinal);
    }

    // The state files of TensorFlow 1.11, 2.15 and an older one.
    [Theory]
    [InlineData("goldens/google/checkpoint-tiny/training", "model.ckpt-0 model.ckpt-100 model.ckpt-200")]
    [InlineData("goldens/google/tf-1.11/training", "model.ckpt-0 model.ckpt-6 model.ckpt-12")]
    [InlineData("data/tf-checkpoints/tfx-model.ckpt-series", "model.ckpt-0 model.ckpt-999 model.ckpt-1000")]
    public void Write_WhatTensorFlowWrote_GivesTheSameFile(string folder, string names)
    {
        string path = Path.Combine(SharedFolder.Path(folder), "checkpoint");
        CheckpointState state = CheckpointState.Read(path);
        Assert.Equal(names.Split(' '), state.All);
        Assert.Equal(state.All[^1], state.Latest);
        state.Write(_folder.Root);
        Assert.Equal(File.ReadAllText(path), File.ReadAllText(_folder.PathOf("checkpoint")));
        Assert.Equal(["checkpoint"], _folder.FileNames());
    }

    [Fact]
    public void Write_OddNames_AreEscapedAndReadAgain()
    {
        string odd = "/tmp/ä \"run\" 'x'\\\t\n\r\u0001\u007F/model.ckpt-1";
        new CheckpointState(odd, [odd, "b"]).Write(_folder.Root);
        string text = File.ReadAllText(_folder.PathOf("checkpoint"));
        const string Escaped = """/tmp/\303\244 \"run\" \'x\'\\\t\n\r\001\177/model.ckpt-1""";
        Assert.Equal(
            $"model_checkpoint_path: \"{Escaped}\"\nall_model_checkpoint_paths: \"{Escaped}\"\nall_model_checkpoint_paths: \"b\"\n", text);
        CheckpointState state = CheckpointState.Read(_folder.PathOf("checkpoint"));
        Assert.Equal(odd, state.Latest);
        Assert.Equal([odd, "b"], state.All);
    }
}
