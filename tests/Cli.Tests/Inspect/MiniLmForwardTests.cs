// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Inspect;

/// <summary>The forward pass of a real model, against PyTorch's.</summary>
public class MiniLmForwardTests
{
    private const string Goldens = "goldens/hf/minilm-forward/", Model = "models/all-MiniLM-L6-v2";

    /// <summary>Absolute tolerances of the README.</summary>
    private static readonly Dictionary<string, double> Tolerances = new()
    {
        ["embeddings"] = 4e-6,
        ["hidden_states"] = 3e-5,
        ["last_hidden_state"] = 2e-5,
        ["pooled"] = 8e-7,
        ["attention"] = 2e-5,
    };

    [Fact]
    public void Cpu_OnAllInputsInOneBatch_EqualsPyTorch() =>
        Check("cpu", _ => true, $"{Goldens}outputs.safetensors", Tolerances, ElementType.Float32);

    [Fact]
    public void Reference_OnTheInputsInFloat64_EqualsPyTorch() => Check(
        "reference", input => input.GetProperty("float64").GetBoolean(), $"{Goldens}outputs-f64.safetensors",
        Tolerances.Keys.ToDictionary(kind => kind, _ => 1e-11), ElementType.Float64);

    [Fact]
    public void Text_GivesTheStoredIdsAndSoTheSameNumbers()
    {
        using var folder = new TemporaryFolder();
        JsonElement input = Inputs()
            .First(one => one.GetProperty("text_b").ValueKind == JsonValueKind.String && one.GetProperty("length").GetInt32() < 60);
        string ids = string.Join(' ', input.GetProperty("input_ids").EnumerateArray()),
            types = string.Join(' ', input.GetProperty("token_type_ids").EnumerateArray());
        Forward(folder, "ids", "--ids", ids, "--token-types", types);
        Forward(folder, "text", "--text", input.GetProperty("text_a").GetString()!, "--text-b", input.GetProperty("text_b").GetString()!);
        Assert.Equal(File.ReadAllBytes(folder.At("ids")), File.ReadAllBytes(folder.At("text")));
    }

    private static IEnumerable<JsonElement> Inputs() =>
        JsonElement.Parse(File.ReadAllText(SharedFolder.Path($"{Goldens}inputs.json"))).EnumerateArray();

    private static void Forward(TemporaryFolder folder, string name, params string[] arguments) =>
        Bert.Run(["inspect", "forward", SharedFolder.Path(Model), "--output", folder.At(name), .. arguments]).Succeeded();

    private static void Check(
        string backend, Func<JsonElement, bool> isWanted, string golden, Dictionary<string, double> tolerances, ElementType type)
    {
        using var folder = new TemporaryFolder();
        JsonElement[] inputs = [.. Inputs().Where(isWanted)];
        string batch = folder.Write("batch.json", BatchText.Of(
            ("input_ids", inputs.Select(input => input.GetProperty("input_ids"))),
            ("token_type_ids", inputs.Select(input => input.GetProperty("token_type_ids")))));
        Forward(folder, "forward.safetensors", "--batch", batch, "--backend", backend);

        using var found = new DumpFile(folder.At("forward.safetensors"));
        using GoldenTensors expected = GoldenTensors.Open(golden);
        Assert.All(found.Tensors, tensor => Assert.Equal(type, tensor.Type));
        int start = 0, compared = 0;
        for (int b = 0; b < inputs.Length; b++)
        {
            int rows = inputs[b].GetProperty("length").GetInt32();
            compared += Compare(inputs[b].GetProperty("name").GetString()!, b, start, rows, expected, found, tolerances);
            start += rows;
        }

        Assert.True(compared >= 3 * inputs.Length);
    }

    private static int Compare(
        string name, int b, int start, int rows, GoldenTensors expected, DumpFile found, Dictionary<string, double> tolerances)
    {
        string[] kinds = [.. tolerances.Keys.Where(kind => expected.Has($"{name}.{kind}"))];
        foreach (string kind in kinds)
        {
            double[] values = expected.Doubles($"{name}.{kind}");
            Near.Equal($"{name}.{kind}", values, Found(kind, b, start, rows, found), tolerances[kind]);
        }

        return kinds.Length;
    }

    private static double[] Found(string kind, int b, int start, int rows, DumpFile found)
    {
        const int Hidden = 384, Layers = 6;
        string[] layers = [.. Enumerable.Range(0, Layers).Select(i => $"bert.encoder.layer.{i}")];
        return kind switch
        {
            "embeddings" => Rows("bert.embeddings"),
            "last_hidden_state" => Rows(layers[^1]),
            "pooled" => found.Doubles("bert.pooler")[(b * Hidden)..((b + 1) * Hidden)],
            "hidden_states" => [.. Rows("bert.embeddings"), .. layers.SelectMany(Rows)],
            _ => [.. layers.SelectMany(layer => found.Doubles($"{layer}.attention.self.probs.{b}"))],
        };

        double[] Rows(string name) => found.Doubles(name)[(start * Hidden)..((start + rows) * Hidden)];
    }
}
