// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Text;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The step of <c>bert classify</c>, by its own code: forward, loss, backward, norm, clipping, update.</summary>
internal sealed class FineTuningBenchStep : IBenchStep
{
    private static readonly InputExample NoText = new("", "", null, null, 0);

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

    public double Run(BenchBatch batch, int step)
    {
        EncodedExample[] examples = [.. batch.Ids.Select((ids, b) => Example(ids, batch.Classes[b]))];
        return _training.Step(examples, step, _options.LearningRate, total: 0).Loss;
    }

    public double Flops(BenchBatch batch) =>
        ForwardFlops.Training(new ForwardFlops(_model.Config, batch.Lengths, batch.FirstRows).Classification(_model.Classes));

    private static EncodedExample Example(int[] ids, int label) => new(NoText, new SequenceEncoding(ids, new int[ids.Length]), label, 0);
}
