// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
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
    private readonly Optimizer _optimizer = options.Optimizer == OptimizerKind.AdamW
        ? new AdamWOptimizer(backend, model.Parameters)
        : new AdamWeightDecayOptimizer(backend, model.Parameters);

    private readonly Tape _tape = new(backend)
    {
        IsTraining = true,
        Seed = options.Seed,
        TracksSlicedNorms = options.ClipNorm == ClipNorm.TensorFlow,
        Recomputes = options.Recompute,
    };

    /// <summary>Steps of a whole run: trunc(examples / batch size · epochs).</summary>
    /// <remarks>google-research/bert run_classifier.py, main.</remarks>
    public static long TotalSteps(int examples, ClassifyOptions options) =>
        (long)Math.Min((double)examples / options.TrainBatchSize * options.NumTrainEpochs, int.MaxValue);

    /// <summary>Trains until the end of the schedule, the limit of steps, or until asked to stop.</summary>
    /// <param name="examples">The training set.</param>
    /// <param name="report">Called after each step.</param>
    /// <param name="stop">Looked at after each step.</param>
    /// <returns>Steps done.</returns>
    /// <exception cref="TrainingDivergedException">The loss is NaN or infinite.</exception>
    public long Run(IReadOnlyList<EncodedExample> examples, Action<StepReport> report, CancellationToken stop)
    {
        long total = TotalSteps(examples.Count, options);
        long last = Math.Min(total, options.MaxSteps ?? total);
        LearningRateSchedule schedule = Schedule(total);
        var order = new ExampleOrder(examples.Count, options.Shuffle, options.Seed);
        long step = 0;
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
        var watch = Stopwatch.StartNew();
        PackedBatch batch = EncodedExample.Pack(examples);
        _tape.Step = (uint)step;
        Variable loss = Loss(batch, examples);
        double value = Read(loss.Value);
        CheckFinite(value, "loss", step);
        _tape.Backward(loss, model.Parameters);
        double norm = options.ClipNorm == ClipNorm.TensorFlow
            ? GradientNorm.TensorFlow(backend, model.Parameters)
            : GradientNorm.True(backend, model.Parameters);
        CheckFinite(norm, "gradient norm", step);
        double factor = options.ClipNorm == ClipNorm.None ? 1 : GradientNorm.ClippingFactor(norm, _optimizer.Clipping);
        _optimizer.Update(learningRate, factor);
        _tape.Reset();
        return new StepReport(step + 1, total, value, learningRate, norm, batch.Layout.TotalRows, watch.Elapsed.TotalSeconds);
    }

    private void CheckFinite(double value, string what, long step)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingDivergedException(
                $"the {what} of step {step + 1} is {value}; "
                + (step == 0
                    ? "nothing was updated yet, so look for NaN or huge numbers in the weights (bert inspect weights) and the data"
                    : $"try a lower --learning_rate than {options.LearningRate} or a longer warmup"));
        }
    }

    private Variable Loss(PackedBatch batch, IReadOnlyList<EncodedExample> examples)
    {
        Variable logits = model.Logits(_tape, batch);
        return isRegression
            ? _tape.MeanSquaredError(logits, [.. examples.Select(e => (double)e.Score)])
            : _tape.CrossEntropy(logits, new IndexTensor([.. examples.Select(e => e.Label)]));
    }

    private LearningRateSchedule Schedule(long total)
    {
        long warmup = (long)(total * options.WarmupProportion);
        return options.Schedule == ScheduleKind.Linear
            ? new LinearSchedule(options.LearningRate, total, warmup)
            : new GoogleSchedule(options.LearningRate, total, warmup);
    }

    private double Read(Tensor scalar)
    {
        Span<double> value = stackalloc double[1];
        backend.CopyToHost(scalar, value);
        return value[0];
    }
}
