// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Model.Tests;

/// <summary>What must not change a bit of a training step: an observer, the content of fresh memory, the number of threads.</summary>
public class TrainingStepBitsTests
{
    /// <summary>Large enough that every kernel shares its work between threads.</summary>
    private static readonly BertConfig Large = new()
    {
        VocabSize = 211,
        HiddenSize = 132,
        NumHiddenLayers = 2,
        NumAttentionHeads = 4,
        IntermediateSize = 260,
        MaxPositionEmbeddings = 160,
    };

    private static readonly int[] ManyRows = [130, 97, 160, 5, 96, 48];

    public static TheoryData<SimdLevel> Levels => [.. Enum.GetValues<SimdLevel>().Where(CpuBackend.Supports)];

    [Fact]
    public void Step_WithAnObserver_GivesTheSameBits()
    {
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(TrainingStep.Small, 7, 1, 40, 13);
        using CpuBackend alone = new(2), observed = new(2);
        var recorder = new Recorder(observed);
        TrainingStep.AssertSameBits(
            TrainingStep.Run(alone, TrainingStep.Small, batch, labels, steps: 2),
            TrainingStep.Run(observed, TrainingStep.Small, batch, labels, steps: 2, recorder));
        Assert.Contains("bert.encoder.layer.1.intermediate", recorder.Gradients.Keys);
    }

    [Fact]
    public void Step_WithLinearActivation_ShowsTheObserverEveryName()
    {
        BertConfig config = TrainingStep.Small with { HiddenAct = HiddenActivation.Linear };
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(config, 7, 3);
        using var backend = new CpuBackend(1);
        var recorder = new Recorder(backend);
        TrainingStep.Run(backend, config, batch, labels, steps: 1, recorder);
        string[] withoutWayBack = [.. recorder.Values.Keys.Where(name => !name.Contains(".probs."))];
        Assert.Empty(withoutWayBack.Except(recorder.Gradients.Keys));
        Assert.Equal(
            recorder.Gradients["bert.encoder.layer.0.intermediate"], recorder.Gradients["bert.encoder.layer.0.intermediate.dense"]);
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Step_OnPoisonedMemory_GivesTheSameBits(SimdLevel level)
    {
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(TrainingStep.Small, 7, 1, 40, 13);
        using var clean = new CpuBackend(2, level) { PoisonsMemory = false };
        using var poisoned = new CpuBackend(2, level) { PoisonsMemory = true };
        TrainingStep.AssertSameBits(
            TrainingStep.Run(clean, TrainingStep.Small, batch, labels, steps: 3),
            TrainingStep.Run(poisoned, TrainingStep.Small, batch, labels, steps: 3));
    }

    [Theory]
    [MemberData(nameof(Levels))]
    public void Step_OfManyRowsOnAnyNumberOfThreads_GivesTheSameBits(SimdLevel level)
    {
        (PackedBatch batch, IndexTensor labels) = TrainingStep.Draw(Large, ManyRows);
        Assert.True(batch.Layout.TotalRows >= 500);
        using var single = new CpuBackend(1, level);
        Dictionary<string, float[]> expected = TrainingStep.Run(single, Large, batch, labels, steps: 2);
        foreach (int threads in new[] { 2, 3 })
        {
            using var several = new CpuBackend(threads, level);
            TrainingStep.AssertSameBits(expected, TrainingStep.Run(several, Large, batch, labels, steps: 2));
        }
    }

    /// <summary>Alone, a sequence has few rows or many; in the batch all have many: another way of the matrix product.</summary>
    [Theory]
    [MemberData(nameof(Levels))]
    public void Forward_AloneOrInABatch_GivesTheSameBits(SimdLevel level)
    {
        (PackedBatch batch, _) = TrainingStep.Draw(Large, ManyRows);
        using var backend = new CpuBackend(2, level);
        var bert = new BertModel(new ParameterSource(backend, weights: null, seed: 3, 0.05).At("bert"), Large);
        (float[] rows, float[] pooled) = Forward(backend, bert, batch);
        for (int b = 0; b < batch.Layout.Count; b++)
        {
            Range at = batch.Layout.Start(b)..batch.Layout.Start(b + 1);
            (float[] aloneRows, float[] alonePooled) = Forward(
                backend, bert, new PackedBatch([batch.InputIds.Values[at].ToArray()], [batch.TokenTypeIds.Values[at].ToArray()]));
            Assert.Equal(rows[(at.Start.Value * Large.HiddenSize)..(at.End.Value * Large.HiddenSize)], aloneRows);
            Assert.Equal(pooled[(b * Large.HiddenSize)..((b + 1) * Large.HiddenSize)], alonePooled);
        }
    }

    private static (float[] Rows, float[] Pooled) Forward(CpuBackend backend, BertModel bert, PackedBatch batch)
    {
        var tape = new Tape(backend, isRecording: false);
        Variable rows = bert.SequenceOutput(tape, batch);
        Variable pooled = bert.PooledOutput(tape, rows, batch);
        (float[], float[]) result = (TrainingStep.Read(backend, rows.Value), TrainingStep.Read(backend, pooled.Value));
        tape.Reset();
        return result;
    }
}
