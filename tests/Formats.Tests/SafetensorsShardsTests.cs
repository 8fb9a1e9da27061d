// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats.Tests;

public sealed class SafetensorsShardsTests : IDisposable
{
    private const string IndexName = "model.safetensors.index.json";
    private readonly TemporaryFolder _folder = new();

    public SafetensorsShardsTests()
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt" };
        SafetensorsWriter.Write(
            _folder.PathOf("model-00001-of-00002.safetensors"), [TensorEntry.Of("b", [2], new float[] { 1, 2 })], metadata);
        SafetensorsWriter.Write(_folder.PathOf("model-00002-of-00002.safetensors"),
            [TensorEntry.Of("a", [1], new float[] { 3 }), TensorEntry.Of("c", [], new long[] { 4 })], metadata);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_FolderOrIndex_JoinsShards()
    {
        string index = WriteIndex(
            """{"a":"model-00002-of-00002.safetensors","b":"model-00001-of-00002.safetensors","c":"model-00002-of-00002.safetensors"}""");
        foreach (string path in new[] { _folder.Root, index })
        {
            using ITensorFile file = TensorFiles.Open(path);
            Assert.Equal(path, file.Path);
            Assert.Equal(["a", "b", "c"], file.Tensors.Select(tensor => tensor.Name));
            Assert.Equal("pt", file.Metadata["format"]);
            var values = new double[2];
            file.ReadDoubles("b", values);
            Assert.Equal([1, 2], values);
            file.ReadDoubles("c", values.AsSpan(1));
            Assert.Equal([1, 4], values);
        }
    }

    [Theory]
    [InlineData(
        """{"a":"model-00001-of-00002.safetensors"}""", "tensor 'a' is in model-00001-of-00002.safetensors, which does not have it")]
    [InlineData("""{"a":"model-00003-of-00002.safetensors"}""", "there is no such file")]
    [InlineData("""{"a":"../model.safetensors"}""", "a file in the same folder")]
    [InlineData("""{"a":"/etc/passwd"}""", "a file in the same folder")]
    [InlineData("""{"a":".."}""", "a file in the same folder")]
    [InlineData("""{"a":""}""", "a file in the same folder")]
    [InlineData("""{"a":1}""", "a file in the same folder")]
    [InlineData("""{"a":"model-00002-of-00002.safetensors","a":"model-00002-of-00002.safetensors"}""", "'a' twice")]
    [InlineData("{}", "\"weight_map\" of tensor names and files")]
    [InlineData("[]", "\"weight_map\" of tensor names and files")]
    [InlineData("""{"a":""", "not valid JSON")]
    [InlineData("""{"\ud800":"x"}""", "not valid JSON")]
    public void Open_BrokenIndex_SaysWhat(string map, string expected)
    {
        Assert.Contains(expected, Complaint.Of(WriteIndex(map)).Message, StringComparison.Ordinal);
    }

    private string WriteIndex(string map) => _folder.Write(IndexName, $$"""{"metadata":{"total_size":20},"weight_map":{{map}}}""");
}
