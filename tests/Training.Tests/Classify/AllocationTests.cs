// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

public class AllocationTests
{
    private const int WarmUp = 20, Passes = 5, Measured = 10, BytesPerStep = 64 * 1024;

    /// <summary>12 layers and 32 sequences, as real runs have, but narrow: what is allocated does not depend on the width. It is the
    /// small objects of the tape (about 180 nodes with their tensors) and the ids of the batch.</summary>
    [Fact]
    public void TrainingStep_AfterWarmUp_AllocatesLittleAndItsMemoryStaysConstant()
    {
        using var backend = new CpuBackend(threads: 2);
        BertConfig config = new()
        {
            VocabSize = 50,
            HiddenSize = 24,
            NumHiddenLayers = 12,
            NumAttentionHeads = 3,
            IntermediateSize = 40,
            MaxPositionEmbeddings = 64
        };
        var model = new BertForSequenceClassification(new ParameterSource(backend, null, 1, 0.02), config, labelCount: 2);
        var options = new ClassifyOptions { TaskName = "mrpc", DataDir = "", OutputDir = "" };
        var fineTuning = new FineTuning(model, backend, options, isRegression: false);
        EncodedExample[] batch =
        [
            .. Enumerable.Range(0, 32).Select(i => new EncodedExample(
                new InputExample($"{i}", "", null, null, i), new SequenceEncoding([.. Enumerable.Repeat(7, 40)], new int[40]), i % 2,
                    Score: 0)),
        ];

        long step = 0;
        for (; step < WarmUp; step++)
        {
            Step();
        }

        // The least of some passes: until the runtime has compiled a method in full, on a thread of its own and in its own time, the
        // method allocates more.
        long stepBytes = backend.StepBytes, perStep = long.MaxValue;
        for (int pass = 0; pass < Passes; pass++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < Measured; i++, step++)
            {
                Step();
            }

            perStep = Math.Min(perStep, (GC.GetAllocatedBytesForCurrentThread() - before) / Measured);
        }

        Assert.True(perStep <= BytesPerStep, $"a step allocates {perStep} bytes on the managed heap");
        Assert.Equal(stepBytes, backend.StepBytes);

        void Step() => fineTuning.Step(batch, step, learningRate: 1e-4, total: 100);
    }
}
