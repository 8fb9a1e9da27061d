// SPDX-License-Identifier: Apache-2.0
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

    /// <summary>Names and contents of the files that make weights a model: configuration, vocabulary and tokenizer settings.</summary>
    /// <param name="config">Sizes of the model.</param>
    /// <param name="heads">What it can do.</param>
    /// <param name="vocabulary">Null where the run knows none: then there is no vocab.txt and no tokenizer_config.json.</param>
    /// <param name="lowerCase">Whether its text is lower-cased.</param>
    public static IReadOnlyList<(string Name, Action<Stream> Write)> Description(
        BertConfig config, ModelHeads heads, Vocabulary? vocabulary, bool lowerCase)
    {
        List<(string Name, Action<Stream> Write)> files = [("config.json", stream => HuggingFaceConfig.Write(stream, config, heads))];
        if (vocabulary is not null)
        {
            files.Add(("vocab.txt", stream => WriteVocabulary(stream, vocabulary)));
            files.Add(("tokenizer_config.json", stream => WriteTokenizer(stream, config, lowerCase)));
        }

        return files;
    }

    /// <summary>Writes weights and what describes them, all together or none: a disk that gets full leaves the old model as it
    /// was.</summary>
    /// <param name="backend">Where the weights are.</param>
    /// <param name="parameters">The weights; written as float32. The masked-LM decoder is the word table, and not written twice.</param>
    /// <param name="description">As <see cref="Description"/> gives it.</param>
    /// <param name="globalStep">Updates that made the weights.</param>
    /// <returns>The files written.</returns>
    /// <exception cref="IOException">A file cannot be written; what was there stays.</exception>
    public IReadOnlyList<string> Write(
        IBackend backend, IReadOnlyList<Parameter> parameters, IReadOnlyList<(string Name, Action<Stream> Write)> description,
        long globalStep)
    {
        (string Path, Action<Stream> Write)[] files =
        [
            (Path.Combine(folder, "model.safetensors"), WeightsContent(backend, parameters, globalStep, sizeof(float))),
            .. description.Select(file => (Path.Combine(folder, file.Name), file.Write)),
        ];
        AtomicFile.WriteAll(files);
        return [.. files.Select(file => file.Path)];
    }

    /// <summary>What writes model.safetensors.</summary>
    /// <param name="backend">Where the weights are.</param>
    /// <param name="parameters">The weights.</param>
    /// <param name="globalStep">Updates that made them.</param>
    /// <param name="elementBytes">4 for float32, 8 for float64.</param>
    internal static Action<Stream> WeightsContent(
        IBackend backend, IReadOnlyList<Parameter> parameters, long globalStep, int elementBytes)
    {
        var metadata = new Dictionary<string, string> { ["format"] = "pt", [GlobalStepKey] = globalStep.ToString() };
        return SafetensorsWriter.Content(
            [.. parameters.Select(p => TensorContent.Entry(backend, p.Name, p.Value, elementBytes))], metadata);
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
