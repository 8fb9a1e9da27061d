// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The step of <c>bert classify</c>, by its own code: forward, loss, backward, norm, clipping, update.</summary>
internal sealed class FineTuningBenchStep : IBenchStep
{
    private readonly BenchModel _model;
    private readonly ClassifyOptions _options;
    private readonly FineTuning _training;

    private FineTuningBenchStep(BenchModel model, IBackend backend, BenchOptions options)
    {
        _model = model;
        _options = new ClassifyOptions { TaskName = "bench", DataDir = "", OutputDir = "", Recompute = options.Recompute };
        var classifier = new BertForSequenceClassification(model.Source(backend), model.Config, model.Classes);
        _training = new FineTuning(classifier, backend, _options, isRegression: model.Classes == 1);
    }

    public static IBenchStep Create(BenchModel model, IBackend backend, BenchOptions options) =>
        new FineTuningBenchStep(model, backend, options);

    public double Run(BenchBatch batch, int step) => _training.Step(batch.Examples, step, _options.LearningRate, total: 0).Loss;

    public double Flops(BenchBatch batch) =>
        ForwardFlops.Training(new ForwardFlops(_model.Config, batch.Lengths, batch.FirstRows).Classification(_model.Classes));
}
