// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Export;

/// <summary><c>bert export onnx</c>.</summary>
public class ExportOnnxTests
{
    [Theory]
    [InlineData(3, "logits: float[batch_size, 3]")]
    [InlineData(0, "last_hidden_state: float[batch_size, sequence_length, 8]")]
    public void Export_OfAModel_GivesWhatItsHeadGives(int outputs, string expected)
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("model.onnx");
        BertResult result = Bert.Run("export", "onnx", "--model", TinyModel.Write(folder, outputs: outputs), "--output", path).Succeeded();
        Assert.Contains(expected.Split(':')[0], result.Output);
        Assert.Contains(expected, new OnnxFile(path).Outputs);
    }

    [Fact]
    public void Export_OverTheWeights_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, outputs: 2), weights = folder.At("model", "model.safetensors");
        byte[] before = File.ReadAllBytes(weights);
        BertInside.Run("export", "onnx", "--model", model, "--output", weights).FailedWith(2, "expected a name that ends in .onnx");
        Assert.Equal(before, File.ReadAllBytes(weights));
    }

    [Fact]
    public void Export_ThroughALinkBesideTheFile_WritesThatFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need privileges on Windows");
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, outputs: 2);
        File.WriteAllText(folder.At("target.onnx"), "old");
        File.CreateSymbolicLink(folder.At("link.onnx"), "target.onnx");
        new Bert { WorkingDirectory = folder.Path }.RunWith("export", "onnx", "--model", model, "--output", "link.onnx").Succeeded();
        Assert.True(new FileInfo(folder.At("target.onnx")).Length > 1000);
    }

    [Fact]
    public void Export_OfAModel_HasItsWeights()
    {
        using var folder = new TemporaryFolder();
        string path = folder.At("model.onnx");
        Bert.Run("export", "onnx", "--model", TinyModel.Write(folder, outputs: 2), "--output", path).Succeeded();
        using ITensorFile weights = TensorFiles.Open(folder.At("model", "model.safetensors"));
        Dictionary<string, OnnxFileTensor> constants = new OnnxFile(path).Constants;
        foreach (TensorInfo tensor in weights.Tensors)
        {
            var stored = new float[tensor.ElementCount];
            weights.ReadSingles(tensor.Name, stored);
            bool isTransposed = !constants.TryGetValue(tensor.Name, out OnnxFileTensor? constant);
            constant ??= constants[tensor.Name[..^"weight".Length] + "kernel"];
            Assert.Equal(isTransposed ? tensor.Shape.Reverse() : tensor.Shape, constant.Shape);
            float[] values = constant.Singles;
            Assert.Equal(stored, isTransposed ? Transposed(values, (int)constant.Shape[0], (int)constant.Shape[1]) : values);
        }
    }

    [Fact]
    public void Export_OfAHalfHead_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder, outputs: 2);
        SafetensorsWriter.Write(
            folder.At("model", "model.safetensors"), [.. TinyModel.Tensors(2).Where(tensor => tensor.Name != "classifier.bias")]);
        BertInside.Run("export", "onnx", "--model", model, "--output", folder.At("out.onnx")).FailedWith(3, "classifier.bias");
        Assert.False(File.Exists(folder.At("out.onnx")));
    }

    [Fact]
    public void Export_WithoutPooler_GivesTheHiddenStateAlone()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder), path = folder.At("out.onnx");
        SafetensorsWriter.Write(
            folder.At("model", "model.safetensors"), [.. TinyModel.Tensors().Where(tensor => !tensor.Name.Contains("pooler"))]);
        Bert.Run("export", "onnx", "--model", model, "--output", path).Succeeded();
        Assert.Equal(["last_hidden_state: float[batch_size, sequence_length, 8]"], new OnnxFile(path).Outputs);
    }

    [Fact]
    public void Export_OfWrongArguments_IsOneLine()
    {
        using var folder = new TemporaryFolder();
        string model = TinyModel.Write(folder);
        BertInside.Run("export", "onnx", "--model", model).FailedWith(2, "--output is required");
        BertInside.Run("export", "onnx", "--output", folder.At("x.onnx")).FailedWith(2, "--model is required");
        BertInside.Run("export", "onnx", "--model", folder.At("nowhere"), "--output", folder.At("x.onnx")).FailedWith(2, "nowhere");
        BertInside.Run("export", "onnx", "--model", model, "--output", folder.At("no", "x.onnx")).FailedWith(2, "there is no folder");
        BertInside.Run("export", "onnx", "--model", model, "--output", folder.Path)
            .FailedWith(2, "expected a file to write, found a folder");
        BertInside.Run("export").FailedWith(2, "needs one of onnx");
    }

    private static float[] Transposed(float[] values, int rows, int columns) =>
        [.. Enumerable.Range(0, values.Length).Select(i => values[((i % rows) * columns) + (i / rows)])];
}
