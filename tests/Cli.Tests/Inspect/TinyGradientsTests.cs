// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;

namespace BertManaged.Cli.Tests.Inspect;

/// <summary>Loss, logits and every gradient of each head, against PyTorch in float64.</summary>
public class TinyGradientsTests
{
    private const string Goldens = "goldens/hf/tiny-gradients/";

    public static MatrixTheoryData<string, string, string> Runs => new(
        ["sequence-2", "sequence-3", "regression", "pretraining-google"], ["erf", "tanh"], ["cpu", "reference"]);

    [Theory, MemberData(nameof(Runs))]
    public void Gradients_OfEveryHead_EqualPyTorchs(string task, string gelu, string backend)
    {
        using var folder = new TemporaryFolder();
        (string taskName, string head, string labels) = task switch
        {
            "sequence-2" => ("classify", "sequence2.", "sequence2_labels"),
            "sequence-3" => ("classify", "sequence3.", "sequence3_labels"),
            "regression" => ("regression", "regression.", "regression_targets"),
            _ => ("pretrain", "", "next_sentence_labels"),
        };
        string output = folder.At("gradients.safetensors"), model = WriteModel(folder, head);
        BertInside.Run(
            "inspect", "gradients", model, "--task", taskName, "--gelu", gelu, "--backend", backend,
            "--batch", WriteBatch(folder, labels), "--output", output).Succeeded();

        using GoldenTensors expected = GoldenTensors.Open($"{Goldens}gelu-{gelu}/{task}.safetensors");
        using var found = new DumpFile(output);
        Compare(expected, found, isPretraining: taskName == "pretrain", isDouble: backend == "reference");
    }

    private static void Compare(GoldenTensors expected, DumpFile found, bool isPretraining, bool isDouble)
    {
        Near.Equal("loss", expected.Doubles("loss"), found.Doubles("loss"), isDouble ? 1e-11 : 3e-6);
        Near.Equal(
            "logits", expected.Doubles(isPretraining ? "masked_lm_logits" : "logits"), found.Doubles("logits"), isDouble ? 1e-11 : 2e-5);

        // The embeddings' output is no parameter.
        string[] parameters =
        [
            .. expected.Names.Where(name => name.StartsWith("grad.", StringComparison.Ordinal) && name != "grad.embeddings_output")
                .Select(name => name["grad.".Length..]),
        ];
        Assert.Equal(
            parameters.Order(StringComparer.Ordinal),
            found.Tensors.Select(tensor => tensor.Name).Where(name => name.StartsWith("grad/", StringComparison.Ordinal))
                .Select(name => name["grad/".Length..]).Order(StringComparer.Ordinal));
        foreach (string name in parameters)
        {
            double[] gradient = expected.Doubles($"grad.{name}");
            double relative = name.EndsWith("key.bias", StringComparison.Ordinal) ? 0 : 2e-5 * gradient.Max(Math.Abs);
            Near.Equal(name, gradient, found.Doubles($"grad/{name}"), isDouble ? 1e-11 : Math.Max(4e-6, relative));
        }
    }

    /// <summary>The weights file carries several heads under prefixes: the model gets one of them.</summary>
    private static string WriteModel(TemporaryFolder folder, string head)
    {
        using GoldenTensors weights = GoldenTensors.Open($"{Goldens}weights.safetensors");
        (string Stored, string Name)[] names =
        [
            .. weights.Names.Where(
                name => name.StartsWith("bert.", StringComparison.Ordinal) || name.StartsWith("cls.", StringComparison.Ordinal))
                .Select(name => (name, name)),
            .. weights.Names.Where(name => head.Length > 0 && name.StartsWith(head, StringComparison.Ordinal))
                .Select(name => (name, name[head.Length..])),
        ];
        folder.Write("model/config.json", File.ReadAllText(SharedFolder.Path($"{Goldens}config.json")));
        SafetensorsWriter.Write(folder.At("model", "model.safetensors"), [.. names.Select(pair => TensorEntry.Of(
            pair.Name, [.. weights.Shape(pair.Stored).Select(length => (long)length)], weights.Doubles(pair.Stored)))]);
        return folder.At("model");
    }

    private static string WriteBatch(TemporaryFolder folder, string labels)
    {
        JsonElement golden = JsonElement.Parse(File.ReadAllText(SharedFolder.Path($"{Goldens}batch.json")));
        string[] keys =
            ["input_ids", "token_type_ids", "masked_lm_positions", "masked_lm_ids", "masked_lm_weights", "next_sentence_labels"];
        return folder.Write(
            "batch.json",
            BatchText.Of([.. keys.Select(key => (key, (object)golden.GetProperty(key))), ("labels", golden.GetProperty(labels))]));
    }
}
