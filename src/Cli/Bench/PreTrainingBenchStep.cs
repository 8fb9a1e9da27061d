// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The step of <c>bert pretrain</c>, by its own code: both losses and accuracies, backward, norm, clipping, update.</summary>
internal sealed class PreTrainingBenchStep : IBenchStep
{
    private readonly BenchModel _model;
    private readonly PretrainOptions _options;
    private readonly Pretraining _training;

    private PreTrainingBenchStep(BenchModel model, IBackend backend, BenchOptions options)
    {
        _model = model;
        _options = new PretrainOptions { InputFile = "", OutputDir = "", Recompute = options.Recompute };
        _training = new Pretraining(new BertForPreTraining(model.Source(backend), model.Config), backend, _options);
    }

    public static IBenchStep Create(BenchModel model, IBackend backend, BenchOptions options) =>
        new PreTrainingBenchStep(model, backend, options);

    public double Run(BenchBatch batch, int step) => _training.Step(batch.PretrainingExamples, step, _options.LearningRate).Loss;

    public double Flops(BenchBatch batch) => ForwardFlops.Training(
        new ForwardFlops(_model.Config, batch.Lengths, batch.FirstAndMaskedRows)
            .PreTraining(batch.MaskedPositions.Sum(positions => positions.Length)));
}
