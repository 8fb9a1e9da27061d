// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;
using BertManaged.Model;

namespace BertManaged.Training;

/// <summary>A layer of the encoder as ONNX nodes.</summary>
/// <param name="graph">Where they are added.</param>
/// <param name="ops">Their pieces.</param>
/// <param name="config">Sizes.</param>
/// <param name="mask">What is added to scores, [B, 1, 1, S].</param>
internal sealed class BertOnnxLayer(OnnxGraphBuilder graph, BertOnnxOps ops, BertConfig config, string mask)
{
    private static readonly long[] HeadsFirst = [0, 2, 1, 3], HeadsFirstTransposed = [0, 2, 3, 1];

    /// <summary>[B, S, H] → [B, S, H].</summary>
    public string Add(string path, string hidden, string? output)
    {
        string context = SelfAttention($"{path}.attention.self", hidden);                                                   // [B, S, H]
        string attention = Output($"{path}.attention.output", context, hidden, config.HiddenSize, null);                    // [B, S, H]
        string inner = ops.Linear($"{path}.intermediate.dense", attention, config.HiddenSize, config.IntermediateSize);     // [B, S, F]
        string active = ops.Activation(config.HiddenAct, $"{path}.intermediate", inner);                                    // [B, S, F]
        return Output($"{path}.output", active, attention, config.IntermediateSize, output);                                // [B, S, H]
    }

    private string SelfAttention(string path, string hidden)
    {
        string query = Heads($"{path}.query", hidden, HeadsFirst), key = Heads($"{path}.key", hidden, HeadsFirstTransposed);
        string value = Heads($"{path}.value", hidden, HeadsFirst);                                                          // [B, N, S, D]
        string products = graph.Node("MatMul", path, query, key);                                                           // [B, N, S, S]
        string scaled = graph.Node("Div", path, products, ops.Number(MathF.Sqrt(config.AttentionHeadSize)));
        string masked = graph.Node("Add", path, scaled, mask);
        string probabilities = graph.Node("Softmax", path, [masked], [new OnnxAttribute("axis", 3L)]);
        string mixed = graph.Node("MatMul", path, probabilities, value);                                                    // [B, N, S, D]
        string rows = graph.Node("Transpose", path, [mixed], [new OnnxAttribute("perm", HeadsFirst)]);                      // [B, S, N, D]
        return graph.Node("Reshape", path, rows, ops.Integers(0, 0, config.HiddenSize));                                    // [B, S, H]
    }

    private string Heads(string path, string hidden, long[] order)
    {
        string mapped = ops.Linear(path, hidden, config.HiddenSize, config.HiddenSize);                                     // [B, S, H]
        string shape = ops.Integers(0, 0, config.NumAttentionHeads, config.AttentionHeadSize);
        string heads = graph.Node("Reshape", path, mapped, shape);                                                          // [B, S, N, D]
        return graph.Node("Transpose", path, [heads], [new OnnxAttribute("perm", order)]);
    }

    private string Output(string path, string x, string residual, int inputs, string? output)
    {
        string sum = graph.Node("Add", path, ops.Linear($"{path}.dense", x, inputs, config.HiddenSize), residual);
        return ops.LayerNorm($"{path}.LayerNorm", sum, config.HiddenSize, config.LayerNormEps, output);
    }
}
