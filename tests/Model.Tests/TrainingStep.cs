// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>Training steps of a classifier with dropout, and all the bits that they leave behind.</summary>
internal static class TrainingStep
{
    /// <summary>Smaller than a row of threads' work, larger than a vector, no multiple of one.</summary>
    public static BertConfig Small { get; } = new()
    {
        VocabSize = 53,
        HiddenSize = 36,
        NumHiddenLayers = 2,
        NumAttentionHeads = 3,
        IntermediateSize = 71,
        MaxPositionEmbeddings = 40,
    };

    /// <summary>Sequences of random tokens, and a label in [0, 3) for each.</summary>
    public static (PackedBatch Batch, IndexTensor Labels) Draw(BertConfig config, params int[] lengths)
    {
        var random = new RandomNumbers(11, 0);
        int[][] ids = [.. lengths.Select(n => Enumerable.Range(0, n).Select(_ => random.Below(config.VocabSize)).ToArray())];
        int[][] types = [.. lengths.Select(n => Enumerable.Range(0, n).Select(i => i > n / 2 ? 1 : 0).ToArray())];
        return (new PackedBatch(ids, types), new IndexTensor([.. lengths.Select((_, b) => b % 3)]));
    }

    /// <summary>Losses, gradients and weights of some steps, by name.</summary>
    public static Dictionary<string, float[]> Run(
        CpuBackend backend, BertConfig config, PackedBatch batch, IndexTensor labels, int steps, ITapeObserver? observer = null,
        bool recomputes = false)
    {
        var model = new BertForSequenceClassification(new ParameterSource(backend, weights: null, seed: 3, 0.05), config, labelCount: 3);
        var optimizer = new AdamWeightDecayOptimizer(backend, model.Parameters);
        var tape = new Tape(backend) { IsTraining = true, Seed = 7, Observer = observer, Recomputes = recomputes };
        var bits = new Dictionary<string, float[]>();
        for (int step = 0; step < steps; step++)
        {
            tape.Step = (uint)step;
            Variable loss = tape.CrossEntropy(model.Logits(tape, batch), labels);
            tape.Backward(loss, model.Parameters);
            bits[$"loss {step}"] = Read(backend, loss.Value);
            foreach (Parameter parameter in model.Parameters)
            {
                bits[$"gradient {step} {parameter.Name}"] = Read(backend, parameter.Gradient!);
            }

            optimizer.Update(1e-3, gradientScale: 0.5);
            tape.Reset();
        }

        foreach (Parameter parameter in model.Parameters)
        {
            bits[$"weight {parameter.Name}"] = Read(backend, parameter.Value);
        }

        return bits;
    }

    /// <summary>Every number is finite and the same to the last bit.</summary>
    public static void AssertSameBits(Dictionary<string, float[]> expected, Dictionary<string, float[]> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach ((string name, float[] values) in expected)
        {
            Assert.True(values.AsSpan().IndexOfAnyExcept(0f) >= 0 || name.EndsWith("key.bias", StringComparison.Ordinal), $"{name} is 0");
            Assert.All(values, value => Assert.True(float.IsFinite(value), name));
            Assert.Equal(Bits(values), Bits(actual[name]));
        }
    }

    public static float[] Read(IBackend backend, Tensor x)
    {
        var values = new float[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
