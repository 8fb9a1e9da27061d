// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;

namespace BertManaged.Formats;

/// <summary>Reads <c>model.safetensors.index.json</c>: {"metadata": {…}, "weight_map": {tensor: file}}.</summary>
internal static class ShardIndex
{
    /// <summary>Tensor name → name of the file beside the index that holds it; at least one.</summary>
    /// <exception cref="TensorFileException">The file cannot be read or is no such index.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        using MappedFile file = MappedFile.Open(path);
        if (file.Length > SafetensorsHeader.LongestHeader)
        {
            throw new TensorFileException(path, $"an index of shards has at most {SafetensorsHeader.LongestHeader} bytes, this file " +
                $"has {file.Length}");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(file.Span(0, (int)file.Length).ToArray());
            return ReadMap(document.RootElement, path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TensorFileException(path, "the index of shards is not valid JSON", inner: e);
        }
    }

    private static Dictionary<string, string> ReadMap(JsonElement root, string path)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("weight_map", out JsonElement map)
            || map.ValueKind != JsonValueKind.Object || !map.EnumerateObject().Any())
        {
            throw new TensorFileException(path, "the index of shards should be an object with a \"weight_map\" of tensor names " +
                "and files");
        }

        var shards = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty property in map.EnumerateObject())
        {
            if (!shards.TryAdd(property.Name, ShardName(property, path)))
            {
                throw new TensorFileException(path, $"\"weight_map\" has tensor '{property.Name}' twice");
            }
        }

        return shards;
    }

    // Only a bare name: an index must not lead out of its folder.
    private static string ShardName(JsonProperty property, string path)
    {
        string? name = property.Value.ValueKind == JsonValueKind.String ? property.Value.GetString() : null;
        return string.IsNullOrEmpty(name) || name is "." or ".." || name.AsSpan().IndexOfAny("/\\:\0") >= 0
            ? throw new TensorFileException(path, $"\"weight_map\" should give tensor '{property.Name}' the name of a file in the same " +
                $"folder, found {property.Value.GetRawText()}")
            : name;
    }
}
