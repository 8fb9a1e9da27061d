// SPDX-License-Identifier: Apache-2.0
using Google.Protobuf;

namespace BertManaged.Formats;

/// <summary>The messages of onnx.proto that a graph consists of, as bytes.</summary>
internal static class OnnxMessages
{
    /// <summary>NodeProto.</summary>
    public static void WriteNode(CodedOutputStream output, OnnxNode node)
    {
        foreach (string input in node.Inputs)
        {
            output.WriteText(1, input);
        }

        output.WriteText(2, node.Output);
        output.WriteText(3, node.Output);
        output.WriteText(4, node.OpType);
        foreach (OnnxAttribute attribute in node.Attributes)
        {
            output.WriteMessage(5, message => WriteAttribute(message, attribute));
        }
    }

    /// <summary>ValueInfoProto, with TypeProto and TensorShapeProto inside.</summary>
    public static void WriteValue(CodedOutputStream output, OnnxValue value)
    {
        output.WriteText(1, value.Name);
        output.WriteMessage(2, type => type.WriteMessage(1, tensor =>
        {
            tensor.WriteInteger(1, DataType(value.Type));
            tensor.WriteMessage(2, shape => WriteShape(shape, value.Shape));
        }));
    }

    /// <summary>TensorProto up to its raw bytes, which follow.</summary>
    public static void WriteTensorStart(CodedOutputStream output, OnnxTensor tensor, long rawBytes)
    {
        foreach (long length in tensor.Shape)
        {
            output.WriteInteger(1, length);
        }

        output.WriteInteger(2, DataType(tensor.Type));
        output.WriteText(8, tensor.Name);
        output.WriteStart(9, rawBytes);
    }

    private static void WriteShape(CodedOutputStream output, IReadOnlyList<OnnxDimension> shape)
    {
        foreach (OnnxDimension dimension in shape)
        {
            output.WriteMessage(1, message =>
            {
                if (dimension.Symbol is { } symbol)
                {
                    message.WriteText(2, symbol);
                }
                else
                {
                    message.WriteInteger(1, dimension.Length);
                }
            });
        }
    }

    private static void WriteAttribute(CodedOutputStream output, OnnxAttribute attribute)
    {
        const int Type = 20, TypeFloat = 1, TypeInteger = 2, TypeIntegers = 7;
        output.WriteText(1, attribute.Name);
        switch (attribute.Value)
        {
            case float number:
                output.WriteSingle(2, number);
                output.WriteInteger(Type, TypeFloat);
                break;
            case long integer:
                output.WriteInteger(3, integer);
                output.WriteInteger(Type, TypeInteger);
                break;
            case long[] integers:
                Array.ForEach(integers, integer => output.WriteInteger(8, integer));
                output.WriteInteger(Type, TypeIntegers);
                break;
            default:
                throw new ArgumentException($"{attribute.Name} is a {attribute.Value.GetType().Name}, not a float, long or long[].",
                    nameof(attribute));
        }
    }

    private static int DataType(ElementType type) => type switch
    {
        ElementType.Float32 => 1,
        ElementType.Int64 => 7,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "only Float32 and Int64 are written"),
    };
}
