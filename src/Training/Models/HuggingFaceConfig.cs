// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using System.Text.Json.Nodes;
using BertManaged.Model;

namespace BertManaged.Training;

/// <summary>config.json as transformers' save_pretrained writes it: the keys of its BertConfig, ascending.</summary>
internal static class HuggingFaceConfig
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    public static void Write(Stream stream, BertConfig config, ModelHeads heads)
    {
        var keys = new SortedDictionary<string, JsonNode?>(Keys(config, heads), StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in heads.Keys)
        {
            keys.Add(key, value?.DeepClone());
        }

        using var json = new Utf8JsonWriter(stream, Indented);
        new JsonObject(keys).WriteTo(json);
        json.Flush();
    }

    private static Dictionary<string, JsonNode?> Keys(BertConfig config, ModelHeads heads) => new()
    {
        ["architectures"] = new JsonArray(heads.Architecture),
        ["attention_probs_dropout_prob"] = config.AttentionProbsDropoutProb,
        ["hidden_act"] = HuggingFaceName(config.HiddenAct),
        ["hidden_dropout_prob"] = config.HiddenDropoutProb,
        ["hidden_size"] = config.HiddenSize,
        ["initializer_range"] = config.InitializerRange,
        ["intermediate_size"] = config.IntermediateSize,
        ["layer_norm_eps"] = config.LayerNormEps,
        ["max_position_embeddings"] = config.MaxPositionEmbeddings,
        ["model_type"] = "bert",
        ["num_attention_heads"] = config.NumAttentionHeads,
        ["num_hidden_layers"] = config.NumHiddenLayers,
        ["pad_token_id"] = 0,
        ["position_embedding_type"] = "absolute",
        ["torch_dtype"] = "float32",
        ["type_vocab_size"] = config.TypeVocabSize,
        ["use_cache"] = true,
        ["vocab_size"] = config.VocabSize,
    };

    private static string HuggingFaceName(HiddenActivation activation) => activation switch
    {
        HiddenActivation.GeluErf => "gelu",
        HiddenActivation.GeluTanh => "gelu_new",
        HiddenActivation.Relu => "relu",
        HiddenActivation.Tanh => "tanh",
        _ => "linear",
    };
}
