// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;

namespace BertManaged.Cli;

/// <summary>A size of BERT that people know by its name.</summary>
/// <param name="Name">As the user writes it.</param>
/// <param name="Config">Its sizes; 30,522 tokens and 512 positions, as the published uncased models have.</param>
internal sealed record NamedConfig(string Name, BertConfig Config)
{
    public static IReadOnlyList<NamedConfig> All { get; } =
    [
        Of("minilm-l12", layers: 12, hidden: 384, heads: 12, intermediate: 1536),
        Of("bert-base", layers: 12, hidden: 768, heads: 12, intermediate: 3072),
        Of("bert-large", layers: 24, hidden: 1024, heads: 16, intermediate: 4096),
        Of("l4-h256", layers: 4, hidden: 256, heads: 4, intermediate: 1024),
        Of("l2-h128", layers: 2, hidden: 128, heads: 2, intermediate: 512),
    ];

    private static NamedConfig Of(string name, int layers, int hidden, int heads, int intermediate) => new(name, new BertConfig
    {
        NumHiddenLayers = layers,
        HiddenSize = hidden,
        NumAttentionHeads = heads,
        IntermediateSize = intermediate,
    });
}
