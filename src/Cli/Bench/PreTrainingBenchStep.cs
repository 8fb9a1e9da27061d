// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>A step of pre-training: both losses, backward, norm, clipping, update.</summary>
internal sealed class PreTrainingBenchStep : IBenchStep
{
    private const double LearningRate = 1e-4;

    private readonly BenchModel _model;
    private readonly BertForPreTraining _bert;
    private readonly AdamWeightDecayOptimizer _optimizer;
    private readonly Tape _tape;

    private PreTrainingBenchStep(BenchModel model, IBackend backend, BenchOptions options)
    {
        _model = model;
        _bert = new BertForPreTraining(model.Source(backend), model.Config);
        _optimizer = new AdamWeightDecayOptimizer(backend, _bert.Parameters);
        _tape = new Tape(backend) { IsTraining = true, Seed = 1, Recomputes = options.Recompute };
    }

    public static IBenchStep Create(BenchModel model, IBackend backend, BenchOptions options) =>
        new PreTrainingBenchStep(model, backend, options);

    public double Run(BenchBatch batch, int step)
    {
        PackedBatch packed = batch.Pack();
        _tape.Step = (uint)step;
        PreTrainingOutput output = _bert.Forward(_tape, packed, batch.Masked(packed.Layout), new IndexTensor(batch.NextSentence));
        Span<double> loss = stackalloc double[1];
        _tape.Backend.CopyToHost(output.Loss.Value, loss);
        _tape.Backward(output.Loss, _bert.Parameters);
        double norm = GradientNorm.True(_tape.Backend, _bert.Parameters);
        _optimizer.Update(LearningRate, GradientNorm.ClippingFactor(norm, _optimizer.Clipping));
        _tape.Reset();
        return loss[0];
    }

    public double Flops(BenchBatch batch) => ForwardFlops.Training(
        new ForwardFlops(_model.Config, batch.Lengths, batch.FirstAndMaskedRows)
            .PreTraining(batch.MaskedPositions.Sum(positions => positions.Length)));
}
