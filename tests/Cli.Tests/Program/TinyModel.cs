// SPDX-License-Identifier: Apache-2.0
using BertManaged.Formats;

namespace BertManaged.Cli.Tests;

/// <summary>A Hugging Face folder with a BERT of random weights: width 8, 2 heads, 2 layers, 32 positions.</summary>
internal static class TinyModel
{
    public const int VocabSize = 20, HiddenSize = 8, IntermediateSize = 12, Positions = 32, Layers = 2;

    /// <summary>Its tokens by id.</summary>
    public static IReadOnlyList<string> Vocabulary => Words;

    private static readonly string[] Words =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "film", "the", "a", "was", "##ly", "very", "not", "story", "music",
        ".", ",", "dull", "bright",
    ];

    private static string Config { get; } = $$"""
        {
          "model_type": "bert", "architectures": ["BertForSequenceClassification"], "vocab_size": {{VocabSize}},
          "hidden_size": {{HiddenSize}},
          "num_hidden_layers": {{Layers}}, "num_attention_heads": 2, "intermediate_size": {{IntermediateSize}},
          "max_position_embeddings": {{Positions}}, "type_vocab_size": 2, "hidden_act": "gelu", "layer_norm_eps": 1e-12
        }
        """;

    /// <summary>Writes config.json, vocab.txt and model.safetensors.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">Name of the model's folder.</param>
    /// <param name="outputs">Outputs of the classification head; 0 for none.</param>
    /// <param name="hasMaskedLm">Whether there is a masked-LM head.</param>
    /// <returns>The model's folder.</returns>
    public static string Write(TemporaryFolder folder, string name = "model", int outputs = 0, bool hasMaskedLm = false)
    {
        folder.Write(Path.Combine(name, "config.json"), Config);
        folder.Write(Path.Combine(name, "vocab.txt"), string.Concat(Words.Select(word => word + "\n")));
        SafetensorsWriter.Write(folder.At(name, "model.safetensors"), [.. Tensors(outputs, hasMaskedLm)]);
        return folder.At(name);
    }

    /// <summary>The tensors with their values.</summary>
    public static IEnumerable<TensorEntry> Tensors(int outputs = 0, bool hasMaskedLm = false)
    {
        var random = new Random(7);
        return Shapes(outputs).Concat(hasMaskedLm ? MaskedLm : []).Select(tensor => Entry(tensor.Name, tensor.Shape, random));
    }

    private static TensorEntry Entry(string name, long[] shape, Random random)
    {
        bool isScale = name.EndsWith("LayerNorm.weight", StringComparison.Ordinal);
        float[] values = new float[shape.Aggregate(1L, (product, length) => product * length)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = isScale ? 1 : (float)(random.NextDouble() - 0.5);
        }

        return TensorEntry.Of(name, shape, values);
    }

    private static IEnumerable<(string Name, long[] Shape)> Shapes(int outputs)
    {
        yield return ("bert.embeddings.word_embeddings.weight", [VocabSize, HiddenSize]);
        yield return ("bert.embeddings.position_embeddings.weight", [Positions, HiddenSize]);
        yield return ("bert.embeddings.token_type_embeddings.weight", [2, HiddenSize]);
        foreach ((string, long[]) tensor in LayerNorm("bert.embeddings.LayerNorm"))
        {
            yield return tensor;
        }

        foreach ((string, long[]) tensor in Enumerable.Range(0, Layers).SelectMany(i => Layer($"bert.encoder.layer.{i}")))
        {
            yield return tensor;
        }

        foreach ((string, long[]) tensor in Linear("bert.pooler.dense", HiddenSize, HiddenSize))
        {
            yield return tensor;
        }

        foreach ((string, long[]) tensor in outputs > 0 ? Linear("classifier", HiddenSize, outputs) : [])
        {
            yield return tensor;
        }
    }

    private static IEnumerable<(string Name, long[] Shape)> MaskedLm =>
    [
        .. Linear("cls.predictions.transform.dense", HiddenSize, HiddenSize), .. LayerNorm("cls.predictions.transform.LayerNorm"),
        ("cls.predictions.bias", [VocabSize]),
    ];

    private static IEnumerable<(string Name, long[] Shape)> Layer(string path) =>
    [
        .. Linear($"{path}.attention.self.query", HiddenSize, HiddenSize),
        .. Linear($"{path}.attention.self.key", HiddenSize, HiddenSize),
        .. Linear($"{path}.attention.self.value", HiddenSize, HiddenSize),
        .. Linear($"{path}.attention.output.dense", HiddenSize, HiddenSize),
        .. LayerNorm($"{path}.attention.output.LayerNorm"),
        .. Linear($"{path}.intermediate.dense", HiddenSize, IntermediateSize),
        .. Linear($"{path}.output.dense", IntermediateSize, HiddenSize),
        .. LayerNorm($"{path}.output.LayerNorm"),
    ];

    private static (string Name, long[] Shape)[] Linear(string path, int inputs, int outputs) =>
        [($"{path}.weight", [outputs, inputs]), ($"{path}.bias", [outputs])];

    private static (string Name, long[] Shape)[] LayerNorm(string path) =>
        [($"{path}.weight", [HiddenSize]), ($"{path}.bias", [HiddenSize])];
}
