// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>Layers that are computed again on the way back: the same bits, less memory.</summary>
public class RecomputeTests
{
    private const int Rows = 97 + 128 + 60;

    private static readonly BertConfig Deep = TrainingStep.Small with { NumHiddenLayers = 5 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_OfRecomputedLayers_AreTheSameBitsInFloat64(bool wantsAllRows)
    {
        using ReferenceBackend kept = new(), recomputed = new();
        double[][] expected = Gradients(kept, recomputes: false, wantsAllRows);
        Assert.Equal(expected, Gradients(recomputed, recomputes: true, wantsAllRows));
        Assert.All(expected, gradient => Assert.DoesNotContain(double.NaN, gradient));
    }

    [Fact]
    public void TrainingSteps_OfRecomputedLayers_AreTheSameBitsOnCpu()
    {
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(Deep, 7, 1, 40, 13);
        using CpuBackend kept = new(2), recomputed = new(2) { PoisonsMemory = true }, observed = new(1);
        Dictionary<string, float[]> expected = TrainingStep.Run(kept, Deep, batch, labels, steps: 3);
        TrainingStep.AssertSameBits(expected, TrainingStep.Run(recomputed, Deep, batch, labels, steps: 3, recomputes: true));
        var recorder = new Recorder(observed);
        TrainingStep.AssertSameBits(expected, TrainingStep.Run(observed, Deep, batch, labels, steps: 3, recorder, recomputes: true));
        Assert.Contains("bert.encoder.layer.0.intermediate", recorder.Gradients.Keys);
    }

    [Fact]
    public void StepBytes_OfRecomputedLayers_GrowByTheirInputsAlone()
    {
        long perLayer = (Bytes(layers: 24, recomputes: true) - Bytes(layers: 12, recomputes: true)) / 12;
        Assert.InRange(perLayer, 1, sizeof(float) * Rows * 64L * 101 / 100);
    }

    [Fact]
    public void StepBytes_Of24RecomputedLayers_AreLessThanAFifth() =>
        Assert.InRange(Bytes(layers: 24, recomputes: true), 1, Bytes(layers: 24, recomputes: false) / 5);

    private static long Bytes(int layers, bool recomputes)
    {
        BertConfig config = new()
        {
            VocabSize = 53,
            HiddenSize = 64,
            NumHiddenLayers = layers,
            NumAttentionHeads = 4,
            IntermediateSize = 256,
            MaxPositionEmbeddings = 128,
        };
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(config, 97, 128, 60);
        using var backend = new CpuBackend(2);
        TrainingStep.Run(backend, config, batch, labels, steps: 2, recomputes: recomputes);
        return backend.StepBytes;
    }

    private static double[][] Gradients(ReferenceBackend backend, bool recomputes, bool wantsAllRows)
    {
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(Deep, 7, 1, 20);
        var model = new BertForSequenceClassification(new ParameterSource(backend, weights: null, seed: 3, 0.05), Deep, labelCount: 3);
        var tape = new Tape(backend) { IsTraining = true, Seed = 7, Recomputes = recomputes, WantsAllRows = wantsAllRows };
        tape.Backward(tape.CrossEntropy(model.Logits(tape, batch), labels), model.Parameters);
        return [.. model.Parameters.Select(parameter => Read(backend, parameter.Gradient!))];
    }

    private static double[] Read(ReferenceBackend backend, Tensor x)
    {
        var values = new double[x.Length];
        backend.CopyToHost(x, values);
        return values;
    }
}
