// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>What lies beside a model's weights: configuration, vocabulary, and how its tokenizer was set. The weights are named by a
/// Hugging Face folder, a TensorFlow prefix or folder, a .safetensors file or a released .zip.</summary>
/// <param name="location">What the user named.</param>
public sealed class ModelFiles(string location)
{
    /// <summary>The file names of a configuration, Hugging Face's first.</summary>
    private static readonly string[] ConfigNames = ["config.json", "bert_config.json"];

    /// <summary>What the user named.</summary>
    public string Location { get; } = location;

    /// <summary>The files of a model that the user named.</summary>
    /// <exception cref="OptionsException">There is nothing of this name: what lies beside it is not looked at.</exception>
    public static ModelFiles Existing(string location) =>
        File.Exists(location) || Directory.Exists(location) || File.Exists(location + ".index")
            ? new ModelFiles(location)
            : throw new OptionsException(
                $"{location}: there is no such file or folder, and no {location}.index of a TensorFlow checkpoint");

    /// <summary>What is said where a file is needed, and neither it nor a model was named.</summary>
    internal static OptionsException Missing(string flag) =>
        new($"{flag} is missing and no model that brings one was named; give it, or --model with a folder or .zip");

    /// <summary>Opens the weights.</summary>
    /// <exception cref="TensorFileException">There are none, or they are broken.</exception>
    public ITensorFile OpenWeights() => TensorFiles.Open(Location);

    /// <summary>What a user should know who names a folder whose weights are older than a checkpoint in it: a run saved them when it was
    /// stopped, went on, and was killed.</summary>
    /// <param name="weights">As <see cref="OpenWeights"/> gives them.</param>
    /// <returns>A line; null where there is nothing to say.</returns>
    public string? WhatIsNewer(ITensorFile weights)
    {
        var checkpoints = new SafetensorsCheckpoints(Location);
        return checkpoints.Steps() is [.., long newest] && GlobalStep.Of(weights) is { } step && step < newest
            ? $"{Location}: its own weights are those of step {step}, and are taken; {checkpoints.Location(newest)} is newer: "
                + "a run went on from there and has not ended"
            : null;
    }

    /// <summary>The configuration beside the weights.</summary>
    /// <exception cref="OptionsException">There is none.</exception>
    /// <exception cref="ConfigException">It cannot be used.</exception>
    public BertConfig ReadConfig() => TryReadConfig() ?? throw new OptionsException(
        $"{Location}: expected {string.Join(" or ", ConfigNames)} beside the weights, but found neither; name it with --bert_config_file");

    /// <summary>The configuration beside the weights; null if there is none.</summary>
    public BertConfig? TryReadConfig()
    {
        foreach (string name in ConfigNames)
        {
            if (TryRead(name) is { } bytes)
            {
                return BertConfigReader.Read(bytes, Describe(name));
            }
        }

        return null;
    }

    /// <summary>The vocabulary beside the weights; null if there is none.</summary>
    /// <exception cref="VocabularyException">It cannot be used.</exception>
    public Vocabulary? TryReadVocabulary() => TryRead("vocab.txt") is { } bytes ? Vocabulary.Parse(bytes, Describe("vocab.txt")) : null;

    /// <summary>What tokenizer_config.json says of lower-casing; null if it says nothing.</summary>
    public bool? LowerCase()
    {
        if (TryRead("tokenizer_config.json") is not { } bytes)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("do_lower_case", out JsonElement value)
                && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;
        }
        catch (JsonException)
        {
            throw new OptionsException($"{Describe("tokenizer_config.json")}: expected JSON, but it is not; mend it or remove it");
        }
    }

    /// <summary>A configuration from a file that the user named.</summary>
    /// <exception cref="OptionsException">It cannot be read.</exception>
    public static BertConfig ReadConfig(string path)
    {
        try
        {
            return BertConfigReader.Read(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw OptionsException.Unreadable(path, e, "the config file");
        }
    }

    /// <summary>A vocabulary from a file that the user named.</summary>
    /// <exception cref="OptionsException">It cannot be read.</exception>
    public static Vocabulary ReadVocabulary(string path)
    {
        try
        {
            return Vocabulary.Load(path);
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw OptionsException.Unreadable(path, e, "the vocabulary");
        }
    }

    private bool IsArchive => File.Exists(Location) && ReleasedModelArchive.IsArchive(Location);

    private string Folder => Directory.Exists(Location) ? Location : Path.GetDirectoryName(Path.GetFullPath(Location)) ?? ".";

    private string Describe(string name) => IsArchive ? $"{Location}:{name}" : Path.Combine(Folder, name);

    private byte[]? TryRead(string name)
    {
        if (IsArchive)
        {
            return ReleasedModelArchive.HasEntry(Location, name) ? ReleasedModelArchive.ReadEntry(Location, name) : null;
        }

        string path = Path.Combine(Folder, name);
        try
        {
            return File.Exists(path) ? File.ReadAllBytes(path) : null;
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw OptionsException.Unreadable(path, e);
        }
    }
}
