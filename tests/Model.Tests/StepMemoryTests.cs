// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>How much memory a step holds, against what its formulas have to keep.</summary>
public class StepMemoryTests
{
    private const int Hidden = 192, Inner = 768, Heads = 4;

    private static readonly int[] Lengths = [40, 33, 50, 37];

    [Fact]
    public void Inference_OfAnyDepth_HoldsOneLayer()
    {
        long shallow = Bytes(layers: 4, isRecording: false), deep = Bytes(layers: 12, isRecording: false);
        Assert.Equal(shallow, deep);
        Assert.InRange(deep, 1, sizeof(float) * (Activations() + (2L * Rows * Hidden)));
    }

    [Fact]
    public void Training_PerLayer_HoldsWhatTheWayBackReads()
    {
        long perLayer = (Bytes(layers: 10, isRecording: true) - Bytes(layers: 4, isRecording: true)) / 6;
        Assert.InRange(perLayer, 1, sizeof(float) * Activations() * 105 / 100);
    }

    [Fact]
    public void Training_BesidesTheLayers_HoldsAFewGradients()
    {
        long bytes = Bytes(layers: 10, isRecording: true);
        Assert.InRange(bytes, 1, sizeof(float) * ((10 * Activations()) + Activations()) * 105 / 100);
    }

    private static int Rows => Lengths.Sum();

    /// <summary>Numbers of a layer that some backward reads: the inputs of its six maps (three share one), of attention, GELU and the
    /// two LayerNorms; the probabilities; two statistics for each row of a LayerNorm.</summary>
    private static long Activations() =>
        (8L * Rows * Hidden) + (2L * Rows * Inner) + (Heads * Lengths.Sum(n => (long)n * n)) + (4L * Rows);

    private static long Bytes(int layers, bool isRecording)
    {
        BertConfig config = new()
        {
            VocabSize = 53,
            HiddenSize = Hidden,
            NumHiddenLayers = layers,
            NumAttentionHeads = Heads,
            IntermediateSize = Inner,
            MaxPositionEmbeddings = 64,
        };
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(config, Lengths);
        using var backend = new CpuBackend(2);
        var model = new BertForSequenceClassification(new ParameterSource(backend, weights: null, seed: 3, 0.05), config, labelCount: 3);
        var tape = new Tape(backend, isRecording) { IsTraining = isRecording, Seed = 7 };
        for (int step = 0; step < 2; step++)
        {
            Variable loss = tape.CrossEntropy(model.Logits(tape, batch), labels);
            if (isRecording)
            {
                tape.Backward(loss, model.Parameters);
            }

            tape.Reset();
        }

        return backend.StepBytes;
    }
}
