// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Formats;

/// <summary>One operation of an ONNX graph.</summary>
/// <param name="OpType">An operator of the default domain, for example MatMul.</param>
/// <param name="Inputs">Names of what it reads.</param>
/// <param name="Output">Name of what it gives, and of the node.</param>
/// <param name="Attributes">Its settings.</param>
public sealed record OnnxNode(string OpType, IReadOnlyList<string> Inputs, string Output, IReadOnlyList<OnnxAttribute> Attributes);

/// <summary>A setting of an operation.</summary>
/// <param name="Name">As the operator's definition has it.</param>
/// <param name="Value">A float, a long, or a long[].</param>
public sealed record OnnxAttribute(string Name, object Value);
