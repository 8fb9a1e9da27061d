// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>A JSON file of ragged lists, no padding: input_ids, token_type_ids, and what a task should find.</summary>
internal sealed class BatchFile
{
    private readonly string _path;
    private readonly JsonElement _root;

    /// <exception cref="OptionsException">The file cannot be opened.</exception>
    /// <exception cref="InputFileException">It is no JSON object.</exception>
    public BatchFile(string path)
    {
        _path = path;
        try
        {
            _root = JsonElement.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (SystemReason.Is(e))
        {
            throw OptionsException.Unreadable(path, e, "the batch");
        }
        catch (JsonException e)
        {
            throw Wrong($"expected a JSON object with input_ids, but line {e.LineNumber + 1} is not JSON");
        }

        if (_root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"expected a JSON object with input_ids, found {_root.ValueKind}");
        }
    }

    /// <summary>The sequences.</summary>
    public TokenBatch Tokens() => new(IntegerLists("input_ids"), Has("token_type_ids") ? IntegerLists("token_type_ids") : null);

    /// <summary>The exception of a problem with the content of this file.</summary>
    public InputFileException Wrong(string problem) => new(_path, problem);

    public bool Has(string key) => _root.TryGetProperty(key, out _);

    /// <summary>One whole number for each sequence, each in [0, bound).</summary>
    public int[] Integers(string key, int count, int bound)
    {
        int[] values = Integers(List(key), key);
        int wrong = Array.FindIndex(values, value => value < 0 || value >= bound);
        return wrong >= 0 ? throw Wrong($"{key}[{wrong}] is {values[wrong]}, expected a number in [0, {bound})")
            : values.Length == count ? values
            : throw Wrong($"{key} has {values.Length} numbers for {count} sequences");
    }

    /// <summary>One number for each sequence.</summary>
    public double[] Numbers(string key, int count)
    {
        double[] values = Numbers(List(key), key);
        return values.Length == count ? values : throw Wrong($"{key} has {values.Length} numbers for {count} sequences");
    }

    /// <summary>A list of whole numbers for each sequence.</summary>
    public int[][] IntegerLists(string key) => [.. List(key).Select((list, i) => Integers(Elements(list, $"{key}[{i}]"), $"{key}[{i}]"))];

    /// <summary>A list of numbers for each sequence.</summary>
    public double[][] NumberLists(string key) => [.. List(key).Select((list, i) => Numbers(Elements(list, $"{key}[{i}]"), $"{key}[{i}]"))];

    private int[] Integers(IEnumerable<JsonElement> values, string name) => [.. values.Select((value, i) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)
            ? number
            : throw Kind($"{name}[{i}]", "a whole number", value))];

    private double[] Numbers(IEnumerable<JsonElement> values, string name) => [.. values.Select((value, i) =>
        value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Kind($"{name}[{i}]", "a number", value))];

    private IEnumerable<JsonElement> List(string key) => _root.TryGetProperty(key, out JsonElement value)
        ? Elements(value, key)
        : throw Wrong($"{key} is missing; found {string.Join(", ", _root.EnumerateObject().Select(property => property.Name))}");

    private IEnumerable<JsonElement> Elements(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Kind(name, "a list", value);

    private InputFileException Kind(string name, string expected, JsonElement found) =>
        Wrong($"{name} should be {expected}, found {found.GetRawText()}");
}
