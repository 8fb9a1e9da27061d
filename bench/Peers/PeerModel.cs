// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;

namespace BertManaged.Peers;

/// <summary>The sizes that are compared, under the names of <c>bert bench --config</c>.</summary>
internal static class PeerModel
{
    /// <summary>Outputs of the classification head.</summary>
    public const int Classes = 2;

    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public static BertConfig Config(string name) => name switch
    {
        "minilm-l12" => Of(12, 384, 12, 1536),
        "bert-base" => Of(12, 768, 12, 3072),
        "bert-large" => Of(24, 1024, 16, 4096),
        "l4-h256" => Of(4, 256, 4, 1024),
        "l2-h128" => Of(2, 128, 2, 512),
        _ => throw new ArgumentException($"--config {name}: expected minilm-l12, bert-base, bert-large, l4-h256 or l2-h128"),
    };

    private static BertConfig Of(int layers, int hidden, int heads, int intermediate) => new()
    {
        NumHiddenLayers = layers,
        HiddenSize = hidden,
        NumAttentionHeads = heads,
        IntermediateSize = intermediate,
    };
}
