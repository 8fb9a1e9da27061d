// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>Writes a graph as an .onnx file, weights inside.</summary>
/// <remarks>github.com/onnx/onnx, onnx.proto; why operators of version 12: docs/decisions/0010-peers-outside-the-build.md.</remarks>
public static class OnnxWriter
{
    /// <summary>The version of the operators.</summary>
    public const int OperatorSet = 12;

    /// <summary>The most bytes a protobuf message, and so an .onnx file with its weights inside, can have.</summary>
    public const long LargestFile = int.MaxValue;

    private const int FormatVersion = 7;
    private const int GraphField = 7;

    /// <summary>The bytes that the graph will take: what the limit is about, without the few around it.</summary>
    /// <exception cref="ArgumentException">A constant has a negative dimension.</exception>
    public static long Length(OnnxGraph graph) => graph.Constants.Sum(RawBytes) + Frame(graph).Sum(bytes => (long)bytes.Length);

    /// <summary>Writes a file by way of <see cref="AtomicFile"/>: it is there whole, or as it was before.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="graph">Its content.</param>
    /// <param name="producerVersion">Version of the program that writes.</param>
    /// <exception cref="ArgumentException">It would be larger than <see cref="LargestFile"/>, or a constant has a type or shape that
    /// cannot be written.</exception>
    /// <exception cref="InvalidOperationException">A constant wrote more or fewer bytes than its type and shape ask for.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, OnnxGraph graph, string producerVersion)
    {
        byte[] tail = ProtoOutput.Bytes(model => model.WriteMessage(8, operators =>
        {
            operators.WriteText(1, "");
            operators.WriteInteger(2, OperatorSet);
        }));
        long length = Length(graph);
        byte[] head = ProtoOutput.Bytes(model =>
        {
            model.WriteInteger(1, FormatVersion);
            model.WriteText(2, "bertmanaged");
            model.WriteText(3, producerVersion);
            model.WriteStart(GraphField, length);
        });
        if (head.Length + length + tail.Length > LargestFile)
        {
            throw new ArgumentException($"The graph has {length} bytes; a file of protobuf holds {LargestFile}.", nameof(graph));
        }

        AtomicFile.Write(path, stream =>
        {
            stream.Write(head);
            WriteGraph(stream, graph);
            stream.Write(tail);
        });
    }

    private static void WriteGraph(Stream stream, OnnxGraph graph)
    {
        List<byte[]> frame = Frame(graph);
        stream.Write(frame[0]);
        for (int i = 0; i < graph.Constants.Count; i++)
        {
            stream.Write(frame[i + 1]);
            using var counting = new CountingStream(stream);
            graph.Constants[i].WriteTo(counting);
            long expected = RawBytes(graph.Constants[i]);
            if (counting.Length != expected)
            {
                throw new InvalidOperationException(
                    $"'{graph.Constants[i].Name}' wrote {counting.Length} bytes, its type and shape ask for {expected}.");
            }
        }
    }

    /// <summary>GraphProto without the bytes of the constants: all other fields, then for each constant what precedes its bytes.</summary>
    private static List<byte[]> Frame(OnnxGraph graph) =>
    [
        ProtoOutput.Bytes(output =>
        {
            foreach (OnnxNode node in graph.Nodes)
            {
                output.WriteMessage(1, message => OnnxMessages.WriteNode(message, node));
            }

            output.WriteText(2, graph.Name);
            foreach (OnnxValue input in graph.Inputs)
            {
                output.WriteMessage(11, message => OnnxMessages.WriteValue(message, input));
            }

            foreach (OnnxValue value in graph.Outputs)
            {
                output.WriteMessage(12, message => OnnxMessages.WriteValue(message, value));
            }
        }),
        .. graph.Constants.Select(ConstantStart),
    ];

    private static byte[] ConstantStart(OnnxTensor constant)
    {
        long raw = RawBytes(constant);
        byte[] message = ProtoOutput.Bytes(output => OnnxMessages.WriteTensorStart(output, constant, raw));
        return [.. ProtoOutput.Bytes(output => output.WriteStart(5, message.Length + raw)), .. message];
    }

    private static long RawBytes(OnnxTensor constant)
    {
        var info = new TensorInfo(constant.Name, constant.Type, constant.Shape);
        return TensorSize.TryBytes(info, out long bytes)
            ? bytes
            : throw new ArgumentException($"'{constant.Name}' has shape {info.ShapeText}, which cannot be written.", nameof(constant));
    }
}
