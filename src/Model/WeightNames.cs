// SPDX-License-Identifier: Apache-2.0
namespace BertManaged.Model;

/// <summary>Where a parameter may be found in a file.</summary>
/// <param name="Name">Name of the tensor.</param>
/// <param name="IsTransposed">Whether it is stored as [in, out] where ours is [out, in].</param>
public readonly record struct StoredName(string Name, bool IsTransposed);

/// <summary>The one table of names: ours (Hugging Face's, always with the prefix <c>bert.</c>) and those that files use: Hugging
/// Face's without prefix, its older gamma and beta, and TensorFlow's.</summary>
/// <remarks>google-research/bert checkpoints; transformers modeling_bert.py. TensorFlow's kernels are [in, out], all else is stored
/// as it is here. Heads of fine-tuned Google models stand at the root.</remarks>
public static class WeightNames
{
    /// <summary>Hugging Face's name and TensorFlow's; # is the number of the layer. Names that end in /kernel are transposed.</summary>
    private static readonly (string HuggingFace, string TensorFlow)[] Table =
    [
        ("bert.embeddings.word_embeddings.weight", "bert/embeddings/word_embeddings"),
        ("bert.embeddings.token_type_embeddings.weight", "bert/embeddings/token_type_embeddings"),
        ("bert.embeddings.position_embeddings.weight", "bert/embeddings/position_embeddings"),
        ("bert.embeddings.LayerNorm.weight", "bert/embeddings/LayerNorm/gamma"),
        ("bert.embeddings.LayerNorm.bias", "bert/embeddings/LayerNorm/beta"),
        ("bert.encoder.layer.#.attention.self.query.weight", "bert/encoder/layer_#/attention/self/query/kernel"),
        ("bert.encoder.layer.#.attention.self.query.bias", "bert/encoder/layer_#/attention/self/query/bias"),
        ("bert.encoder.layer.#.attention.self.key.weight", "bert/encoder/layer_#/attention/self/key/kernel"),
        ("bert.encoder.layer.#.attention.self.key.bias", "bert/encoder/layer_#/attention/self/key/bias"),
        ("bert.encoder.layer.#.attention.self.value.weight", "bert/encoder/layer_#/attention/self/value/kernel"),
        ("bert.encoder.layer.#.attention.self.value.bias", "bert/encoder/layer_#/attention/self/value/bias"),
        ("bert.encoder.layer.#.attention.output.dense.weight", "bert/encoder/layer_#/attention/output/dense/kernel"),
        ("bert.encoder.layer.#.attention.output.dense.bias", "bert/encoder/layer_#/attention/output/dense/bias"),
        ("bert.encoder.layer.#.attention.output.LayerNorm.weight", "bert/encoder/layer_#/attention/output/LayerNorm/gamma"),
        ("bert.encoder.layer.#.attention.output.LayerNorm.bias", "bert/encoder/layer_#/attention/output/LayerNorm/beta"),
        ("bert.encoder.layer.#.intermediate.dense.weight", "bert/encoder/layer_#/intermediate/dense/kernel"),
        ("bert.encoder.layer.#.intermediate.dense.bias", "bert/encoder/layer_#/intermediate/dense/bias"),
        ("bert.encoder.layer.#.output.dense.weight", "bert/encoder/layer_#/output/dense/kernel"),
        ("bert.encoder.layer.#.output.dense.bias", "bert/encoder/layer_#/output/dense/bias"),
        ("bert.encoder.layer.#.output.LayerNorm.weight", "bert/encoder/layer_#/output/LayerNorm/gamma"),
        ("bert.encoder.layer.#.output.LayerNorm.bias", "bert/encoder/layer_#/output/LayerNorm/beta"),
        ("bert.pooler.dense.weight", "bert/pooler/dense/kernel"),
        ("bert.pooler.dense.bias", "bert/pooler/dense/bias"),
        ("cls.predictions.transform.dense.weight", "cls/predictions/transform/dense/kernel"),
        ("cls.predictions.transform.dense.bias", "cls/predictions/transform/dense/bias"),
        ("cls.predictions.transform.LayerNorm.weight", "cls/predictions/transform/LayerNorm/gamma"),
        ("cls.predictions.transform.LayerNorm.bias", "cls/predictions/transform/LayerNorm/beta"),
        ("cls.predictions.bias", "cls/predictions/output_bias"),
        ("cls.seq_relationship.weight", "cls/seq_relationship/output_weights"),
        ("cls.seq_relationship.bias", "cls/seq_relationship/output_bias"),
        ("classifier.weight", "output_weights"),
        ("classifier.bias", "output_bias"),
    ];

    private static readonly Dictionary<string, string> ToTensorFlow = Table.ToDictionary(pair => pair.HuggingFace, pair => pair.TensorFlow);

    /// <summary>The names under which a file may hold a parameter, the most usual first.</summary>
    /// <param name="name">Our name, for example <c>bert.pooler.dense.weight</c>.</param>
    public static IReadOnlyList<StoredName> Candidates(string name)
    {
        var candidates = new List<StoredName> { new(name, false) };
        if (name.StartsWith("bert.", StringComparison.Ordinal))
        {
            candidates.Add(new StoredName(name["bert.".Length..], false));
        }

        if (name.Contains(".LayerNorm.", StringComparison.Ordinal))
        {
            candidates.AddRange([.. candidates.Select(c => new StoredName(OlderLayerNormName(c.Name), false))]);
        }

        if (name == "cls.predictions.bias")
        {
            candidates.Add(new StoredName("cls.predictions.decoder.bias", false));
        }

        if (TensorFlow(name) is { } tensorFlow)
        {
            candidates.Add(tensorFlow);
        }

        return candidates;
    }

    /// <summary>TensorFlow's name of a parameter; null for one that Google's programs do not have.</summary>
    public static StoredName? TensorFlow(string name)
    {
        string[] parts = name.Split('.');
        string? layer = parts is ["bert", "encoder", "layer", { } number, ..] ? number : null;
        if (layer is not null)
        {
            parts[3] = "#";
        }

        return ToTensorFlow.TryGetValue(string.Join('.', parts), out string? pattern)
            ? new StoredName(pattern.Replace("#", layer, StringComparison.Ordinal), pattern.EndsWith("/kernel", StringComparison.Ordinal))
            : null;
    }

    private static string OlderLayerNormName(string name) => name.EndsWith(".weight", StringComparison.Ordinal)
        ? name[..^"weight".Length] + "gamma"
        : name[..^"bias".Length] + "beta";
}
