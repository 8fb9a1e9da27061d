// SPDX-License-Identifier: Apache-2.0
using System.Text;
using System.Text.Json;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>Writes a folder that Hugging Face loads as BertForSequenceClassification, and that this program reads back.</summary>
/// <param name="folder">Exists.</param>
public sealed class ModelFolderWriter(string folder)
{
    /// <summary>Key of the metadata of model.safetensors that says how many updates made the weights.</summary>
    public const string GlobalStepKey = "global_step";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Names and contents of the files that make weights a model: configuration, vocabulary and tokenizer settings.</summary>
    public static IReadOnlyList<(string Name, Action<Stream> Write)> Description(
        BertConfig config, IReadOnlyList<string> labels, bool isRegression, Vocabulary vocabulary, bool lowerCase) =>
    [
        ("config.json", stream => WriteConfig(stream, config, labels, isRegression)),
        ("vocab.txt", stream => WriteVocabulary(stream, vocabulary)),
        ("tokenizer_config.json", stream => WriteTokenizer(stream, config, lowerCase)),
    ];

    /// <summary>Writes weights and what describes them, all together or none: a disk that gets full leaves the old model as it
    /// was.</summary>
    /// <param name="backend">Where the parameters are.</param>
    /// <param name="parameters">Of the model; written as float32.</param>
    /// <param name="description">As <see cref="Description"/> gives it.</param>
    /// <param name="globalStep">Updates that made them.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="IOException">A file cannot be written; what was there stays.</exception>
    public IReadOnlyList<string> Write(
        IBackend backend, IReadOnlyList<Parameter> parameters, IReadOnlyList<(string Name, Action<Stream> Write)> description,
        long globalStep)
    {
        (string Name, Action<Stream> Write)[] files =
        [
            ("model.safetensors", WeightsContent(backend, parameters, globalStep, sizeof(float))),
            .. description,
        ];
        AtomicFile.WriteAll([.. files.Select(file => (Path.Combine(folder, file.Name), file.Write))]);
        return [.. files.Select(file => Path.Combine(folder, file.Name))];
    }

    /// <summary>What writes model.safetensors.</summary>
    /// <param name="backend">Where the parameters are.</param>
    /// <param name="parameters">Of the model.</param>
    /// <param name="globalStep">Updates that made them.</param>
    /// <param name="elementBytes">4 for float32, 8 for float64.</param>
    internal static Action<Stream> WeightsContent(
        IBackend backend, IReadOnlyList<Parameter> parameters, long globalStep, int elementBytes)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [GlobalStepKey] = globalStep.ToString() };
        return SafetensorsWriter.Content(
            [.. parameters.Select(p => TensorContent.Entry(backend, p.Name, p.Value, elementBytes))], metadata);
    }

    /// <summary>The keys of transformers' BertConfig, ascending, as its save_pretrained writes them.</summary>
    private static void WriteConfig(Stream stream, BertConfig config, IReadOnlyList<string> labels, bool isRegression)
    {
        string[] names = isRegression ? ["LABEL_0"] : [.. labels];
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteStartArray("architectures");
        json.WriteStringValue("BertForSequenceClassification");
        json.WriteEndArray();
        json.WriteNumber("attention_probs_dropout_prob", config.AttentionProbsDropoutProb);
        json.WriteNumber("classifier_dropout", config.ClassifierDropout);
        json.WriteString("hidden_act", HuggingFaceName(config.HiddenAct));
        json.WriteNumber("hidden_dropout_prob", config.HiddenDropoutProb);
        json.WriteNumber("hidden_size", config.HiddenSize);
        WriteObject(json, "id2label", names, (i, name) => json.WriteString(i.ToString(), name));
        json.WriteNumber("initializer_range", config.InitializerRange);
        json.WriteNumber("intermediate_size", config.IntermediateSize);
        WriteObject(json, "label2id", names, (i, name) => json.WriteNumber(name, i));
        json.WriteNumber("layer_norm_eps", config.LayerNormEps);
        json.WriteNumber("max_position_embeddings", config.MaxPositionEmbeddings);
        json.WriteString("model_type", "bert");
        json.WriteNumber("num_attention_heads", config.NumAttentionHeads);
        json.WriteNumber("num_hidden_layers", config.NumHiddenLayers);
        json.WriteNumber("pad_token_id", 0);
        json.WriteString("position_embedding_type", "absolute");
        json.WriteString("problem_type", isRegression ? "regression" : "single_label_classification");
        json.WriteString("torch_dtype", "float32");
        json.WriteNumber("type_vocab_size", config.TypeVocabSize);
        json.WriteBoolean("use_cache", true);
        json.WriteNumber("vocab_size", config.VocabSize);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteObject(Utf8JsonWriter json, string key, string[] names, Action<int, string> write)
    {
        json.WriteStartObject(key);
        for (int i = 0; i < names.Length; i++)
        {
            write(i, names[i]);
        }

        json.WriteEndObject();
    }

    private static void WriteVocabulary(Stream stream, Vocabulary vocabulary) =>
        stream.Write(Encoding.UTF8.GetBytes(string.Concat(vocabulary.Tokens.Select(token => token + "\n"))));

    private static void WriteTokenizer(Stream stream, BertConfig config, bool lowerCase)
    {
        using var json = new Utf8JsonWriter(stream, Indented);
        json.WriteStartObject();
        json.WriteBoolean("do_lower_case", lowerCase);
        json.WriteNumber("model_max_length", config.MaxPositionEmbeddings);
        json.WriteString("tokenizer_class", "BertTokenizer");
        json.WriteEndObject();
        json.Flush();
    }

    private static string HuggingFaceName(HiddenActivation activation) => activation switch
    {
        HiddenActivation.GeluErf => "gelu",
        HiddenActivation.GeluTanh => "gelu_new",
        HiddenActivation.Relu => "relu",
        HiddenActivation.Tanh => "tanh",
        _ => "linear",
    };
}
