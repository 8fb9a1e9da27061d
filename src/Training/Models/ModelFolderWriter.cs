// SPDX-License-Identifier: Apache-2.0
using System.Buffers;
using System.Runtime.InteropServices;
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

    /// <summary>Writes weights, configuration, vocabulary and tokenizer settings, all together or none: a disk that
    /// gets full leaves the old model as it was.</summary>
    /// <returns>The files written.</returns>
    /// <exception cref="IOException">A file cannot be written; what was there stays.</exception>
    public IReadOnlyList<string> Write(
        IBackend backend, IReadOnlyList<Parameter> parameters, BertConfig config, IReadOnlyList<string> labels, bool isRegression,
        Vocabulary vocabulary, bool lowerCase, long globalStep)
    {
        string weights = Path.Combine(folder, "model.safetensors"), configFile = Path.Combine(folder, "config.json");
        string vocabularyFile = Path.Combine(folder, "vocab.txt"), tokenizerFile = Path.Combine(folder, "tokenizer_config.json");
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [GlobalStepKey] = globalStep.ToString() };
        AtomicFile.WriteAll(
            (weights, SafetensorsWriter.Content([.. parameters.Select(p => Entry(backend, p))], metadata)),
            (configFile, stream => WriteConfig(stream, config, labels, isRegression)),
            (vocabularyFile, stream => WriteVocabulary(stream, vocabulary)),
            (tokenizerFile, stream => WriteTokenizer(stream, config, lowerCase)));
        return [weights, configFile, vocabularyFile, tokenizerFile];
    }

    private static TensorEntry Entry(IBackend backend, Parameter parameter) => new(
        parameter.Name, ElementType.Float32, [.. parameter.Shape.ToArray().Select(length => (long)length)], stream =>
            WriteValues(backend, parameter, stream));

    private static void WriteValues(IBackend backend, Parameter parameter, Stream stream)
    {
        float[] values = ArrayPool<float>.Shared.Rent(parameter.Value.Length);
        Span<float> used = values.AsSpan(0, parameter.Value.Length);
        backend.CopyToHost(parameter.Value, used);
        stream.Write(MemoryMarshal.AsBytes(used));
        ArrayPool<float>.Shared.Return(values);
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
