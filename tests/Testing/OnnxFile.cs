// SPDX-License-Identifier: Apache-2.0
using System.Runtime.InteropServices;

namespace BertManaged.Testing;

/// <summary>An .onnx file, by the field numbers of onnx.proto.</summary>
public sealed class OnnxFile
{
    private readonly ProtoMessage _model;

    public OnnxFile(string path)
    {
        _model = new ProtoMessage(File.ReadAllBytes(path));
        ProtoMessage graph = _model.Message(7);
        Nodes = [.. graph.Messages(1).Select(node => new OnnxFileNode(
            node.Text(4), node.Texts(1), Assert.Single(node.Texts(2)), node.Text(3), node.Messages(5).ToDictionary(a => a.Text(1))))];
        Constants = graph.Messages(5).ToDictionary(tensor => tensor.Text(8), tensor => new OnnxFileTensor(
            (int)tensor.Number(2), tensor.Numbers(1), tensor.Bytes(9)));
        Inputs = [.. graph.Messages(11).Select(Value)];
        Outputs = [.. graph.Messages(12).Select(Value)];
    }

    public long FormatVersion => _model.Number(1);

    public string Producer => _model.Text(2);

    /// <summary>Version of the operators of the default domain.</summary>
    public long OperatorSet => _model.Message(8) is var set && set.Text(1).Length == 0 ? set.Number(2) : 0;

    public OnnxFileNode[] Nodes { get; }

    public Dictionary<string, OnnxFileTensor> Constants { get; }

    /// <summary>Each as "name: type[dimension, …]".</summary>
    public string[] Inputs { get; }

    /// <inheritdoc cref="Inputs"/>
    public string[] Outputs { get; }

    private static string Value(ProtoMessage value)
    {
        ProtoMessage tensor = value.Message(2).Message(1);
        IEnumerable<string> dimensions =
            tensor.Message(2).Messages(1).Select(d => d.Text(2) is { Length: > 0 } symbol ? symbol : d.Number(1).ToString());
        string type = tensor.Number(1) == 7 ? "int64" : tensor.Number(1) == 1 ? "float" : "?";
        return $"{value.Text(1)}: {type}[{string.Join(", ", dimensions)}]";
    }
}

/// <summary>A node of an .onnx file; attributes are AttributeProto messages.</summary>
public sealed record OnnxFileNode(
    string OpType, string[] Inputs, string Output, string Name, Dictionary<string, ProtoMessage> Attributes);

/// <summary>A constant of an .onnx file: 1 is float, 7 is int64.</summary>
public sealed record OnnxFileTensor(int DataType, long[] Shape, byte[] Raw)
{
    public float[] Singles => MemoryMarshal.Cast<byte, float>(Raw).ToArray();

    public long[] Integers => MemoryMarshal.Cast<byte, long>(Raw).ToArray();
}
