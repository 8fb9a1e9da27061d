// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>The training loop of pre-training.</summary>
/// <remarks>google-research/bert run_pretraining.py, model_fn_builder.</remarks>
/// <param name="model">What is trained.</param>
/// <param name="backend">Where it is.</param>
/// <param name="options">Rates, sizes, seed.</param>
public sealed class Pretraining(BertForPreTraining model, IBackend backend, PretrainOptions options)
{
    private readonly TrainingStep _step = new(backend, model.Parameters, options.Step);

    /// <summary>What updates, with its moments.</summary>
    public Optimizer Optimizer => _step.Optimizer;

    /// <summary>Where a run stops: at the end of the schedule, or at the limit of steps.</summary>
    public static long LastStep(PretrainOptions options) => Math.Min(options.NumTrainSteps, options.MaxSteps ?? int.MaxValue);

    /// <summary>Trains until the end of the schedule, the limit of steps, or until asked to stop.</summary>
    /// <param name="examples">The training set.</param>
    /// <param name="report">Called after each step.</param>
    /// <param name="stop">Looked at after each step.</param>
    /// <param name="first">Steps that were done before, by a run that this one goes on with.</param>
    /// <returns>Steps done, those before included.</returns>
    /// <exception cref="TrainingDivergedException">The loss is NaN or infinite.</exception>
    public long Run(IReadOnlyList<PretrainingExample> examples, Action<StepReport> report, CancellationToken stop, long first = 0)
    {
        LearningRateSchedule schedule = options.Step.CreateSchedule(options.NumTrainSteps, options.NumWarmupSteps);
        var order = new ExampleOrder(examples.Count, options.Shuffle, options.Seed);
        long step = first;
        while (step < LastStep(options) && !stop.IsCancellationRequested)
        {
            PretrainingExample[] batch = Array.ConvertAll(order.Batch(step, options.TrainBatchSize), i => examples[i]);
            report(Step(batch, step, schedule.Rate(step)));
            step++;
        }

        return step;
    }

    /// <summary>One update.</summary>
    /// <param name="examples">Its batch.</param>
    /// <param name="step">Updates before it.</param>
    /// <param name="learningRate">Its rate.</param>
    public StepReport Step(IReadOnlyList<PretrainingExample> examples, long step, double learningRate)
    {
        PretrainingBatch[] parts = PretrainingBatch.Parts(examples, options.GradientAccumulationSteps);
        var tally = new PretrainingTally(backend);
        StepReport report = _step.Run(
            step, options.NumTrainSteps, learningRate, parts.Sum(part => part.Tokens.Layout.TotalRows),
            Array.ConvertAll<PretrainingBatch, Func<Tape, Variable>>(parts, part => tape => Loss(tape, part, tally)));
        return report with { Pretraining = tally.Scores };
    }

    private Variable Loss(Tape tape, PretrainingBatch part, PretrainingTally tally)
    {
        PreTrainingOutput output = part.Forward(tape, model);
        tally.Add(output, part);
        return output.Loss;
    }
}
