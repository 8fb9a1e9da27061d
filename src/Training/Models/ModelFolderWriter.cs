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

/// <summary>Writes a folder that Hugging Face loads, and that this program reads back.</summary>
/// <param name="folder">Exists.</param>
public sealed class ModelFolderWriter(string folder)
{
    /// <summary>Key of the metadata of model.safetensors that says how many updates made the weights.</summary>
    public const string GlobalStepKey = "global_step";

    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Writes weights, configuration, vocabulary and tokenizer settings, all together or none: a disk that
    /// gets full leaves the old model as it was.</summary>
    /// <param name="backend">Where the weights are.</param>
    /// <param name="parameters">The weights. The masked-LM decoder is the word table, and not written twice.</param>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="heads">What it can do.</param>
    /// <param name="vocabulary">Null where the run knows none: then there is no vocab.txt and no tokenizer_config.json.</param>
    /// <param name="lowerCase">Whether its text is lower-cased.</param>
    /// <param name="globalStep">Updates that made the weights.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="IOException">A file cannot be written; what was there stays.</exception>
    public IReadOnlyList<string> Write(
        IBackend backend, IReadOnlyList<Parameter> parameters, BertConfig config, ModelHeads heads, Vocabulary? vocabulary, bool lowerCase,
        long globalStep)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [GlobalStepKey] = globalStep.ToString() };
        List<(string Path, Action<Stream> Write)> files =
        [
            (File("model.safetensors"), SafetensorsWriter.Content([.. parameters.Select(p => Entry(backend, p))], metadata)),
            (File("config.json"), stream => HuggingFaceConfig.Write(stream, config, heads)),
        ];
        if (vocabulary is not null)
        {
            files.Add((File("vocab.txt"), stream => WriteVocabulary(stream, vocabulary)));
            files.Add((File("tokenizer_config.json"), stream => WriteTokenizer(stream, config, lowerCase)));
        }

        AtomicFile.WriteAll([.. files]);
        return [.. files.Select(file => file.Path)];
    }

    private string File(string name) => Path.Combine(folder, name);

    private static SafetensorsEntry Entry(IBackend backend, Parameter parameter) => new(
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
}
