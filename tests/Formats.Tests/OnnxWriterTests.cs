// SPDX-License-Identifier: Apache-2.0
using BertManaged.Testing;

namespace BertManaged.Formats.Tests;

public sealed class OnnxWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static OnnxValue X { get; } = new("x", ElementType.Float32, OnnxDimension.Dynamic("rows"), new(3));

    [Fact]
    public void Write_AGraph_HasItsFieldsByTheNumbersOfTheFormat()
    {
        string path = _folder.PathOf("m.onnx");
        var builder = new OnnxGraphBuilder();
        string scale = builder.Constant(OnnxTensor.Of("scale", [1, 3], () => [1, -2, 0.5f]));
        string mean = builder.Node("ReduceMean", "a", ["x"], [new("axes", new[] { -1L, 300L }), new("keepdims", 1L)]);
        builder.NamedNode("Elu", "y", [builder.Node("Mul", "a", mean, scale)], new OnnxAttribute("alpha", 1.5f));
        OnnxWriter.Write(path, builder.Build("g", [X], [X with { Name = "y" }]), "1.2.3");

        var file = new OnnxFile(path);
        Assert.Equal(["x: float[rows, 3]"], file.Inputs);
        Assert.Equal(["y: float[rows, 3]"], file.Outputs);
        Assert.Equal((7, 12, "bertmanaged"), (file.FormatVersion, file.OperatorSet, file.Producer));
        Assert.Equal(["ReduceMean", "Mul", "Elu"], file.Nodes.Select(node => node.OpType));
        Assert.Equal(["a/ReduceMean", "a/Mul", "y"], file.Nodes.Select(node => node.Output));
        Assert.Equal(["a/ReduceMean", "scale"], file.Nodes[1].Inputs);
        Assert.Equal([-1, 300], file.Nodes[0].Attributes["axes"].Numbers(8));
        Assert.Equal((1, 2), (file.Nodes[0].Attributes["keepdims"].Number(3), file.Nodes[0].Attributes["keepdims"].Number(20)));
        Assert.Equal((1.5f, 1), (file.Nodes[2].Attributes["alpha"].Single(2), file.Nodes[2].Attributes["alpha"].Number(20)));
        Assert.Equal([1, 3], file.Constants["scale"].Shape);
        Assert.Equal([1, -2, 0.5f], file.Constants["scale"].Singles);
    }

    [Fact]
    public void Constants_OfAllKinds_ReadBackEqual()
    {
        string path = _folder.PathOf("m.onnx");
        var builder = new OnnxGraphBuilder();
        builder.Constant(OnnxTensor.Of("number", 0.25f));
        builder.Constant(OnnxTensor.Of("integer", -5L));
        builder.Constant(OnnxTensor.Of("integers", long.MinValue, 0, 7));
        builder.Constant(OnnxTensor.Of("integer", -5L));
        OnnxWriter.Write(path, builder.Build("g", [], []), "1");

        Dictionary<string, OnnxFileTensor> constants = new OnnxFile(path).Constants;
        Assert.Equal(3, constants.Count);
        Assert.Equal([0.25f], constants["number"].Singles);
        Assert.Empty(constants["number"].Shape);
        Assert.Equal([-5], constants["integer"].Integers);
        Assert.Equal((7, 3), (constants["integers"].DataType, constants["integers"].Shape.Single()));
        Assert.Equal([long.MinValue, 0, 7], constants["integers"].Integers);
    }

    [Fact]
    public void Names_ThatAreTaken_GetANumber()
    {
        var builder = new OnnxGraphBuilder();
        Assert.Equal(["p/Add", "p/Add_1", "p/Add_2"], Enumerable.Range(0, 3).Select(_ => builder.Node("Add", "p", "x", "x")));
        builder.NamedNode("Add", "out", ["x", "x"]);
        Assert.Throws<ArgumentException>(() => builder.NamedNode("Add", "out", ["x", "x"]));
    }

    [Theory]
    [InlineData(46_342, 11_586)]
    [InlineData(30_000, 30_000)]
    public void Write_MoreThanAFileHolds_IsRefusedBeforeAnythingIsWritten(int rows, int columns)
    {
        var builder = new OnnxGraphBuilder();
        builder.Constant(OnnxTensor.Of("large", [rows, columns], () => throw new InvalidOperationException("asked for values")));
        OnnxGraph graph = builder.Build("g", [], []);
        Assert.InRange(OnnxWriter.Length(graph), 4L * rows * columns, (4L * rows * columns) + 100);
        Assert.Throws<ArgumentException>(() => OnnxWriter.Write(_folder.PathOf("m.onnx"), graph, "1"));
        Assert.Empty(_folder.FileNames());
    }

    [Fact]
    public void Write_ConstantWithWrongNumberOfValues_NamesItAndLeavesNothing()
    {
        var builder = new OnnxGraphBuilder();
        builder.Constant(OnnxTensor.Of("odd", [3], () => new float[2]));
        var e = Assert.Throws<InvalidOperationException>(
            () => OnnxWriter.Write(_folder.PathOf("m.onnx"), builder.Build("g", [], []), "1"));
        Assert.Contains("'odd' wrote 8 bytes, its type and shape ask for 12", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.FileNames());
    }
}
