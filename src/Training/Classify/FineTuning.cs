// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>The training loop: forward, backward, clip, update, step by step.</summary>
/// <param name="model">What is trained.</param>
/// <param name="backend">Where it is.</param>
/// <param name="options">Rates, sizes, seed.</param>
/// <param name="isRegression">Mean squared error in place of cross entropy.</param>
public sealed class FineTuning(BertForSequenceClassification model, IBackend backend, ClassifyOptions options, bool isRegression)
{
    private readonly TrainingStep _step = new(backend, model.Parameters, options.Step);

    /// <summary>Steps of a whole run: trunc(examples / batch size · epochs).</summary>
    /// <remarks>google-research/bert run_classifier.py, main.</remarks>
    public static long TotalSteps(int examples, ClassifyOptions options) =>
        (long)Math.Min((double)examples / options.TrainBatchSize * options.NumTrainEpochs, int.MaxValue);

    /// <summary>Where a run stops: at the end of the schedule, or at the limit of steps.</summary>
    public static long LastStep(int examples, ClassifyOptions options) =>
        Math.Min(TotalSteps(examples, options), options.MaxSteps ?? long.MaxValue);

    /// <summary>What updates, with its moments.</summary>
    public Optimizer Optimizer => _step.Optimizer;

    /// <summary>Trains until the end of the schedule, the limit of steps, or until asked to stop.</summary>
    /// <param name="examples">The training set.</param>
    /// <param name="report">Called after each step.</param>
    /// <param name="stop">Looked at after each step.</param>
    /// <param name="first">Steps that were done before, by a run that this one goes on with.</param>
    /// <returns>Steps done, those before included.</returns>
    /// <exception cref="TrainingDivergedException">The loss is NaN or infinite.</exception>
    public long Run(IReadOnlyList<EncodedExample> examples, Action<StepReport> report, CancellationToken stop, long first = 0)
    {
        long total = TotalSteps(examples.Count, options);
        long last = LastStep(examples.Count, options);
        LearningRateSchedule schedule = options.Step.CreateSchedule(total, (long)(total * options.WarmupProportion));
        var order = new ExampleOrder(examples.Count, options.Shuffle, options.Seed);
        long step = first;
        while (step < last && !stop.IsCancellationRequested)
        {
            EncodedExample[] batch = Array.ConvertAll(order.Batch(step, options.TrainBatchSize), i => examples[i]);
            report(Step(batch, step, schedule.Rate(step), total));
            step++;
        }

        return step;
    }

    /// <summary>One update.</summary>
    /// <param name="examples">Its batch.</param>
    /// <param name="step">Updates before it.</param>
    /// <param name="learningRate">Its rate.</param>
    /// <param name="total">Of the run, for the report.</param>
    public StepReport Step(IReadOnlyList<EncodedExample> examples, long step, double learningRate, long total)
    {
        PackedBatch batch = EncodedExample.Pack(examples);
        return _step.Run(step, total, learningRate, batch.Layout.TotalRows, tape => Loss(tape, batch, examples));
    }

    private Variable Loss(Tape tape, PackedBatch batch, IReadOnlyList<EncodedExample> examples)
    {
        Variable logits = model.Logits(tape, batch);
        return isRegression
            ? tape.MeanSquaredError(logits, [.. examples.Select(e => (double)e.Score)])
            : tape.CrossEntropy(logits, new IndexTensor([.. examples.Select(e => e.Label)]));
    }
}
