// SPDX-License-Identifier: Apache-2.0
using System.IO.Compression;
using System.Text.Json;

namespace BertManaged.Text.Tests.Goldens;

/// <summary>Reads what Google's programs gave, from the shared folder.</summary>
internal static class GoldenFile
{
    /// <summary>The objects of a .jsonl.gz.</summary>
    public static IEnumerable<JsonElement> Rows(string relativePath)
    {
        using FileStream file = File.OpenRead(SharedFolder.Path(relativePath));
        using GZipStream unpacked = new(file, CompressionMode.Decompress);
        using StreamReader reader = new(unpacked);
        while (reader.ReadLine() is { } line)
        {
            yield return JsonElement.Parse(line);
        }
    }

    /// <summary>The object of a .json.</summary>
    public static JsonElement Object(string relativePath) => JsonElement.Parse(File.ReadAllText(SharedFolder.Path(relativePath)));

    public static string Text(this JsonElement row, string name) => row.GetProperty(name).GetString()!;

    public static int[] Integers(this JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(item => item.GetInt32())];

    public static string[] Strings(this JsonElement row, string name) => [.. row.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
