// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Training;

namespace BertManaged.Model.Tests;

/// <summary>Real weights: all-MiniLM-L6-v2 on 16 inputs of 3 to 512 tokens, against PyTorch.</summary>
public class MiniLmForwardTests
{
    private const string Folder = "goldens/hf/minilm-forward/";

    /// <summary>Of the README beside the goldens: four times what PyTorch's own float32 is away from float64.</summary>
    private static readonly Dictionary<string, double> Float32Tolerances = new()
    {
        ["embeddings"] = 4e-6,
        ["hidden_states"] = 3e-5,
        ["last_hidden_state"] = 2e-5,
        ["pooled"] = 8e-7,
        ["attention"] = 2e-5,
    };

    [Theory]
    [InlineData(Backends.Cpu, "outputs.safetensors")]
    [InlineData(Backends.Reference, "outputs-f64.safetensors")]
    public void EveryStoredArray_OfMiniLm_EqualsPyTorch(string backendName, string outputs)
    {
        using GoldenTensors golden = GoldenTensors.Open(Folder + outputs);
        using IBackend backend = Backends.Create(backendName);
        using ITensorFile file = TensorFiles.Open(SharedFolder.Path("models/all-MiniLM-L6-v2"));
        BertConfig config = new ModelFiles(file.Path).ReadConfig();
        var model = new BertModel(new ParameterSource(backend, new CheckpointWeights(file), 1, 0.02).At("bert"), config);
        int compared = 0;
        foreach (Input input in Inputs().Where(input => golden.Has($"{input.Name}.pooled")))
        {
            Recorder recorded = Run(backend, model, input);
            foreach ((string array, double tolerance) in Float32Tolerances.Where(t => golden.Has($"{input.Name}.{t.Key}")))
            {
                double allowed = backendName == Backends.Cpu ? tolerance : 1e-11;
                Near.Absolute(golden.Doubles($"{input.Name}.{array}"), Array(recorded, array, config), allowed, $"{input.Name}.{array}");
                compared++;
            }
        }

        Assert.Equal(golden.Names.Count(), compared);
    }

    /// <summary>A sequence in a batch of many has the same bits as alone.</summary>
    [Fact]
    public void Forward_OfSequenceInBatch_HasTheBitsOfTheSequenceAlone()
    {
        using IBackend backend = Backends.Create(Backends.Cpu);
        using ITensorFile file = TensorFiles.Open(SharedFolder.Path("models/all-MiniLM-L6-v2"));
        BertConfig config = new ModelFiles(file.Path).ReadConfig();
        var model = new BertModel(new ParameterSource(backend, new CheckpointWeights(file), 1, 0.02).At("bert"), config);
        Input[] inputs = [.. Inputs().Where(i => i.InputIds.Length <= 128)];
        double[] together = Run(backend, model, inputs).Values["bert.pooler"];
        for (int b = 0; b < inputs.Length; b++)
        {
            double[] alone = Run(backend, model, inputs[b]).Values["bert.pooler"];
            Assert.Equal(alone, together.AsSpan(b * config.HiddenSize, config.HiddenSize).ToArray());
        }
    }

    private static double[] Array(Recorder recorded, string name, BertConfig config)
    {
        string[] layers = [.. Enumerable.Range(0, config.NumHiddenLayers).Select(i => $"bert.encoder.layer.{i}")];
        return name switch
        {
            "embeddings" => recorded.Values["bert.embeddings"],
            "pooled" => recorded.Values["bert.pooler"],
            "last_hidden_state" => recorded.Values[layers[^1]],
            "hidden_states" => [.. recorded.Values["bert.embeddings"], .. layers.SelectMany(layer => recorded.Values[layer])],
            _ => [.. layers.SelectMany(layer => recorded.Values[$"{layer}.attention.self.probs.0"])],
        };
    }

    private static Recorder Run(IBackend backend, BertModel model, params Input[] inputs)
    {
        var recorder = new Recorder(backend);
        var tape = new Tape(backend, isRecording: false) { Observer = recorder };
        var batch = new PackedBatch([.. inputs.Select(i => i.InputIds)], [.. inputs.Select(i => i.TokenTypeIds)]);
        model.PooledOutput(tape, model.SequenceOutput(tape, batch), batch);
        tape.Reset();
        return recorder;
    }

    private static Input[] Inputs()
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Folder + "inputs.json")));
        return
        [
            .. document.RootElement.EnumerateArray().Select(e => new Input(
                e.GetProperty("name").GetString()!,
                [.. e.GetProperty("input_ids").EnumerateArray().Select(v => v.GetInt32())],
                [.. e.GetProperty("token_type_ids").EnumerateArray().Select(v => v.GetInt32())])),
        ];
    }

    private sealed record Input(string Name, int[] InputIds, int[] TokenTypeIds);
}
