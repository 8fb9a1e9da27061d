// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Inspect;

public class InspectWeightsTests
{
    [Fact]
    public void Json_HasTheStatisticsOfEachTensor()
    {
        using var folder = new TemporaryFolder();
        string file = folder.At("some.safetensors");
        SafetensorsWriter.Write(file,
        [
            TensorEntry.Of("a", [2, 2], new float[] { 1, 2, 3, 6 }),
            TensorEntry.Of("b", [3], new float[] { float.NaN, 3, -3 }),
            TensorEntry.Of("c", [], new double[] { 1e300 }),
            TensorEntry.Of("d", [0], Array.Empty<float>()),
            TensorEntry.Of("e", [2], new long[] { 7, -7 }),
            TensorEntry.Of("f", [1], new float[] { float.PositiveInfinity }),
        ]);
        Dictionary<string, JsonElement> tensors = Inspect(file);
        Assert.Equal(["a", "b", "c", "d", "e", "f"], tensors.Keys);
        AssertIs(tensors["a"], "F32", "[2,2]", mean: 3, deviation: Math.Sqrt(3.5), norm: Math.Sqrt(50), notANumber: 0);
        AssertIs(tensors["b"], "F32", "[3]", mean: 0, deviation: 3, norm: Math.Sqrt(18), notANumber: 1);
        AssertIs(tensors["c"], "F64", "[]", mean: 1e300, deviation: 0, norm: null, notANumber: 0);
        AssertIs(tensors["d"], "F32", "[0]", mean: null, deviation: null, norm: 0, notANumber: 0);
        AssertIs(tensors["e"], "I64", "[2]", mean: 0, deviation: 7, norm: Math.Sqrt(98), notANumber: 0);
        AssertIs(tensors["f"], "F32", "[1]", mean: null, deviation: null, norm: null, notANumber: 0);
    }

    [Fact]
    public void Table_HasARowForEachTensorAndATotal()
    {
        using var folder = new TemporaryFolder();
        BertResult result = Bert.Run("inspect", "weights", TinyModel.Write(folder)).Succeeded();
        Assert.Matches(@"^name +type +shape +mean +std +norm +nan$", result.OutputLines[0]);
        Assert.Contains(
            result.OutputLines, line => line.StartsWith("bert.pooler.dense.weight", StringComparison.Ordinal)
            && line.Contains("F32   [8, 8]", StringComparison.Ordinal));
        Assert.Matches(@"^safetensors: \d+ tensors, [\d,]+ elements$", result.OutputLines[^1]);
    }

    [Theory]
    [InlineData("goldens/google/checkpoint-tiny/training", "bert/embeddings/word_embeddings")]
    [InlineData("goldens/google/checkpoint-tiny/training/model.ckpt-200", "bert/embeddings/word_embeddings/adam_m")]
    [InlineData("goldens/google/checkpoint-tiny/sharded/model.ckpt-200", "bert/pooler/dense/kernel")]
    [InlineData("goldens/google/checkpoint-tiny/partitioned/bert_model.ckpt", "cls/predictions/output_bias")]
    [InlineData("goldens/google/checkpoint-tiny/uncased_L-3_H-20_A-4.zip", "cls/seq_relationship/output_weights")]
    [InlineData("models/all-MiniLM-L6-v2", "pooler.dense.weight")]
    public void Checkpoint_OfEveryKind_Lists(string model, string name)
    {
        Dictionary<string, JsonElement> tensors = Inspect(InSharedFolder(model));
        Assert.InRange(tensors[name].GetProperty("norm").GetDouble(), 1e-6, 1e6);
    }

    [Theory]
    [InlineData("goldens/google/checkpoint-tiny/dtypes/types.ckpt")]
    [InlineData("goldens/google/checkpoint-tiny/tf2-object/ckpt-1")]
    public void Checkpoint_WithTypesThatAreNoNumbers_ListsThem(string model) =>
        Assert.Contains(
            Inspect(InSharedFolder(model)).Values, tensor => tensor.GetProperty("dtype").GetString() == "STRING"
            && tensor.GetProperty("mean").ValueKind == JsonValueKind.Null);

    [Fact]
    public void Checkpoints_OfOtherPeople_AllList()
    {
        string[] indexes = Directory.GetFiles(SharedFolder.Path("data/tf-checkpoints"), "*.index", SearchOption.AllDirectories);
        Assert.True(indexes.Length >= 5);
        Assert.All(indexes, index => Assert.NotEmpty(Inspect(index[..^".index".Length])));
    }

    [Fact]
    public void Checkpoint_WithoutItsDataFile_ListsNamesAndShapes()
    {
        using var folder = new TemporaryFolder();
        folder.Write("alone.index", File.ReadAllBytes(SharedFolder.Path("goldens/google/checkpoint-tiny/training/model.ckpt-200.index")));
        BertResult result = Bert.Run("inspect", "weights", folder.At("alone"), "--format=json").Succeeded();
        Assert.Contains("names, types and shapes alone", result.Error);
        Assert.Contains("\"bert/pooler/dense/kernel\"", result.Output);
    }

    [Fact]
    public void Checkpoint_WithAWrongChecksum_IsOneLineWithFileAndTensor()
    {
        using var folder = new TemporaryFolder();
        folder.CopyOf(SharedFolder.Path("goldens/google/checkpoint-tiny/partitioned"), "bundle");
        string data = folder.At("bundle", "bert_model.ckpt.data-00000-of-00001");
        byte[] bytes = File.ReadAllBytes(data);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(data, bytes);
        BertResult result = Bert.Run("inspect", "weights", folder.At("bundle", "bert_model.ckpt"));
        result.EndedWith(3, data, "checksum");
    }

    [Theory]
    [InlineData("cut.safetensors", "cut short")]
    [InlineData("text.safetensors", "")]
    [InlineData("text.zip", "")]
    public void File_ThatIsNone_IsOneLine(string name, string message)
    {
        using var folder = new TemporaryFolder();
        byte[] model = File.ReadAllBytes(Path.Combine(TinyModel.Write(folder), "model.safetensors"));
        string file = folder.Write(name, name.StartsWith("cut", StringComparison.Ordinal) ? model[..^9] : "this is no model"u8.ToArray());
        Bert.Run("inspect", "weights", file).FailedWith(3, file, message);
    }

    [Fact]
    public void Path_ThatIsMissing_IsOneLine() => Bert.Run("inspect", "weights", "no/such/model").FailedWith(2, "no/such/model");

    /// <summary>A prefix names no file: its folder is looked for.</summary>
    private static string InSharedFolder(string prefix) =>
        Path.Combine(SharedFolder.Path(Path.GetDirectoryName(prefix)!), Path.GetFileName(prefix));

    private static Dictionary<string, JsonElement> Inspect(string model)
    {
        JsonElement report = JsonElement.Parse(Bert.Run("inspect", "weights", model, "--format", "json").Succeeded().Output);
        return report.GetProperty("tensors").EnumerateArray().ToDictionary(tensor => tensor.GetProperty("name").GetString()!);
    }

    private static void AssertIs(
        JsonElement tensor, string type, string shape, double? mean, double? deviation, double? norm, int notANumber)
    {
        Assert.Equal(type, tensor.GetProperty("dtype").GetString());
        Assert.Equal(shape, tensor.GetProperty("shape").GetRawText());
        AssertNumber(mean, tensor.GetProperty("mean"));
        AssertNumber(deviation, tensor.GetProperty("std"));
        AssertNumber(norm, tensor.GetProperty("norm"));
        Assert.Equal(notANumber, tensor.GetProperty("nan").GetInt32());
    }

    private static void AssertNumber(double? expected, JsonElement found)
    {
        if (expected is { } number)
        {
            Assert.Equal(number, found.GetDouble(), 1e-12 * Math.Max(1, Math.Abs(number)));
        }
        else
        {
            Assert.Equal(JsonValueKind.Null, found.ValueKind);
        }
    }
}
