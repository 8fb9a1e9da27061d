// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>A computation as ONNX describes it: nodes in an order in which they can run.</summary>
/// <param name="Name">Of the graph.</param>
/// <param name="Inputs">What is fed.</param>
/// <param name="Outputs">What is asked for.</param>
/// <param name="Constants">Weights and numbers.</param>
/// <param name="Nodes">Operations, each after those whose outputs it reads.</param>
/// <remarks>github.com/onnx/onnx, onnx.proto.</remarks>
public sealed record OnnxGraph(
    string Name, IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs, IReadOnlyList<OnnxTensor> Constants,
    IReadOnlyList<OnnxNode> Nodes);

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Float32 or Int64.</param>
/// <param name="Shape">Its dimensions.</param>
public sealed record OnnxValue(string Name, ElementType Type, params IReadOnlyList<OnnxDimension> Shape);

/// <summary>A dimension of an input or output.</summary>
/// <param name="Length">Its length; ignored where there is a symbol.</param>
/// <param name="Symbol">Its name where the length is only known at run time; else null.</param>
public readonly record struct OnnxDimension(long Length, string? Symbol = null)
{
    /// <summary>A length that is known at run time.</summary>
    public static OnnxDimension Dynamic(string symbol) => new(0, symbol);
}
