// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Cli;

/// <summary>Logits of the classes, without recording and without dropout.</summary>
internal sealed class InferenceBenchStep : IBenchStep
{
    private readonly BenchModel _model;
    private readonly BertForSequenceClassification _bert;
    private readonly Tape _tape;

    private InferenceBenchStep(BenchModel model, IBackend backend)
    {
        _model = model;
        _bert = new BertForSequenceClassification(model.Source(backend), model.Config, model.Classes);
        _tape = new Tape(backend, isRecording: false);
    }

    public static IBenchStep Create(BenchModel model, IBackend backend) => new InferenceBenchStep(model, backend);

    public double Run(BenchBatch batch, int step)
    {
        Variable logits = _bert.Logits(_tape, batch.Pack());             // [B, C]
        var values = new float[logits.Value.Length];
        _tape.Backend.CopyToHost(logits.Value, values);
        _tape.Reset();
        return values.Sum(value => (double)value);
    }

    public double Flops(BenchBatch batch) =>
        new ForwardFlops(_model.Config, batch.Lengths, batch.FirstRows).Classification(_model.Classes);
}
