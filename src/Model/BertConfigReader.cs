// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Model;

/// <summary>Reads config.json of Hugging Face and bert_config.json of Google. They differ in what "gelu" means.</summary>
public static class BertConfigReader
{
    /// <summary>A configuration from JSON.</summary>
    /// <param name="utf8Json">The file's bytes.</param>
    /// <param name="source">The file's name, for messages.</param>
    /// <exception cref="ConfigException">Not JSON, a key of the wrong kind, a value out of range, or another model than this
    /// BERT.</exception>
    public static BertConfig Read(ReadOnlySpan<byte> utf8Json, string source)
    {
        try
        {
            var reader = new Utf8JsonReader(
                utf8Json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);

            // Fails if there is text after the object.
            reader.Read();
            return Read(new Keys(document.RootElement, source), source).Validated(source);
        }
        catch (JsonException e)
        {
            throw new ConfigException($"{source}: expected a JSON object with the model's sizes, but line {e.LineNumber + 1} is not JSON");
        }
    }

    /// <summary>Whether the file is Hugging Face's: it says model_type or architectures, Google's says neither.</summary>
    private static bool IsHuggingFace(Keys keys) => keys.Has("model_type") || keys.Has("architectures");

    private static BertConfig Read(Keys keys, string source)
    {
        RequireThisBert(keys, source);
        bool huggingFace = IsHuggingFace(keys);
        double hiddenDropout = keys.Number("hidden_dropout_prob", 0.1);
        return new BertConfig
        {
            VocabSize = keys.Has("vocab_size") ? keys.Whole("vocab_size", 0)
                : throw new ConfigException($"{source}: vocab_size is missing"),
            HiddenSize = keys.Whole("hidden_size", 768),
            NumHiddenLayers = keys.Whole("num_hidden_layers", 12),
            NumAttentionHeads = keys.Whole("num_attention_heads", 12),
            IntermediateSize = keys.Whole("intermediate_size", 3072),
            MaxPositionEmbeddings = keys.Whole("max_position_embeddings", 512),
            TypeVocabSize = keys.Whole("type_vocab_size", huggingFace ? 2 : 16),
            HiddenAct = Activation(keys.Text("hidden_act", "gelu"), huggingFace, source),
            HiddenDropoutProb = hiddenDropout,
            AttentionProbsDropoutProb = keys.Number("attention_probs_dropout_prob", 0.1),
            ClassifierDropout = huggingFace ? keys.Number("classifier_dropout", hiddenDropout) : 0.1,
            InitializerRange = keys.Number("initializer_range", 0.02),
            LayerNormEps = keys.Number("layer_norm_eps", 1e-12),
            Labels = keys.Labels("id2label"),
        };
    }

    private static HiddenActivation Activation(string? name, bool huggingFace, string source) => name?.ToLowerInvariant() switch
    {
        "gelu" => huggingFace ? HiddenActivation.GeluErf : HiddenActivation.GeluTanh,
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" => HiddenActivation.GeluTanh,
        "relu" => HiddenActivation.Relu,
        "tanh" => HiddenActivation.Tanh,
        null or "" or "linear" => HiddenActivation.Linear,
        _ => throw new ConfigException(
            $"{source}: hidden_act \"{name}\" is not supported; known are gelu, gelu_new, gelu_pytorch_tanh, gelu_fast, relu, "
            + "tanh and linear"),
    };

    /// <summary>Its relatives have files of the same kind, and would be computed without a word and wrongly.</summary>
    private static void RequireThisBert(Keys keys, string source)
    {
        RequireText(keys, "model_type", "bert", source);
        RequireText(keys, "position_embedding_type", "absolute", source);
        if (keys.Truth("is_decoder", false))
        {
            throw new ConfigException($"{source}: is_decoder is true, but only encoders are supported, whose tokens see both sides");
        }
    }

    private static void RequireText(Keys keys, string key, string only, string source)
    {
        if (keys.Has(key) && keys.Text(key, only) is var found && found != only)
        {
            throw new ConfigException($"{source}: {key} is \"{found}\", but only \"{only}\" is supported");
        }
    }

    /// <summary>Keys of a JSON object, with errors that name file and key.</summary>
    private readonly struct Keys
    {
        private readonly JsonElement _root;
        private readonly string _source;

        public Keys(JsonElement root, string source)
        {
            (_root, _source) = root.ValueKind == JsonValueKind.Object
                ? (root, source)
                : throw new ConfigException($"{source}: expected a JSON object with the model's sizes, but found {root.ValueKind}");
        }

        public bool Has(string key) => _root.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

        public int Whole(string key, int fallback) => !Has(key) ? fallback
            : _root.GetProperty(key).ValueKind == JsonValueKind.Number && _root.GetProperty(key).TryGetInt32(out int value) ? value
            : throw Wrong(key, "a whole number");

        public double Number(string key, double fallback) => !Has(key) ? fallback
            : _root.GetProperty(key).ValueKind == JsonValueKind.Number ? _root.GetProperty(key).GetDouble() : throw Wrong(key, "a number");

        public bool Truth(string key, bool fallback) => !Has(key) ? fallback
            : _root.GetProperty(key).ValueKind is JsonValueKind.True or JsonValueKind.False ? _root.GetProperty(key).GetBoolean()
            : throw Wrong(key, "true or false");

        public string? Text(string key, string fallback) => !_root.TryGetProperty(key, out JsonElement value) ? fallback
            : value.ValueKind is JsonValueKind.String or JsonValueKind.Null ? value.GetString() : throw Wrong(key, "a string");

        /// <summary>Hugging Face's id2label: an object from "0", "1", … to names.</summary>
        public IReadOnlyList<string> Labels(string key)
        {
            if (!Has(key))
            {
                return [];
            }

            JsonElement map = _root.GetProperty(key);
            var labels = new List<string>();
            while (map.ValueKind == JsonValueKind.Object && map.TryGetProperty(labels.Count.ToString(), out JsonElement label))
            {
                labels.Add(label.ToString());
            }

            return map.ValueKind == JsonValueKind.Object && labels.Count == map.EnumerateObject().Count()
                ? labels
                : throw Wrong(key, "an object with the keys \"0\", \"1\", …");
        }

        private ConfigException Wrong(string key, string expected) =>
            new($"{_source}: {key} must be {expected}, but is {_root.GetProperty(key).GetRawText()}");
    }
}
