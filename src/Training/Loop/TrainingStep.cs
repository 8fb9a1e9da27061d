// SPDX-License-Identifier: Apache-2.0
using System.Diagnostics;
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>One update of the weights, whatever is learnt: forward, backward, norm, clipping, optimizer.</summary>
public sealed class TrainingStep
{
    private readonly IBackend _backend;
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly StepOptions _options;
    private readonly Tape _tape;

    /// <summary>Makes the optimizer; its moments are 0.</summary>
    /// <param name="backend">Where the weights are.</param>
    /// <param name="parameters">What is trained.</param>
    /// <param name="options">How.</param>
    public TrainingStep(IBackend backend, IReadOnlyList<Parameter> parameters, StepOptions options)
    {
        (_backend, _parameters, _options) = (backend, parameters, options);
        Optimizer = options.Optimizer == OptimizerKind.AdamW
            ? new AdamWOptimizer(backend, parameters)
            : new AdamWeightDecayOptimizer(backend, parameters);
        _tape = new Tape(backend)
        {
            IsTraining = true,
            Seed = options.Seed,
            TracksSlicedNorms = options.ClipNorm == ClipNorm.TensorFlow,
            Recomputes = options.Recompute,
        };
    }

    /// <summary>What updates, with its moments.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Does an update.</summary>
    /// <param name="step">Updates before it.</param>
    /// <param name="total">Of the run, for the report.</param>
    /// <param name="learningRate">Rate of this update.</param>
    /// <param name="tokens">Of the batch, for the report.</param>
    /// <param name="parts">How the loss of each part of the batch is computed, one after another in the same memory. The loss of the
    /// batch, and its gradient, is their sum.</param>
    /// <exception cref="TrainingDivergedException">The loss or the norm is NaN or infinite; the weights are as they were.</exception>
    public StepReport Run(long step, long total, double learningRate, int tokens, params IReadOnlyList<Func<Tape, Variable>> parts)
    {
        var watch = Stopwatch.StartNew();
        _tape.Step = (uint)step;
        double loss = 0;
        foreach (Func<Tape, Variable> part in parts)
        {
            _tape.EndPart();
            loss += GoForthAndBack(part, step);
        }

        double norm = _options.ClipNorm == ClipNorm.TensorFlow
            ? GradientNorm.TensorFlow(_backend, _parameters)
            : GradientNorm.True(_backend, _parameters);
        CheckFinite(norm, "gradient norm", step);
        double factor = _options.ClipNorm == ClipNorm.None ? 1 : GradientNorm.ClippingFactor(norm, Optimizer.Clipping);
        Optimizer.Update(learningRate, factor);
        _tape.Reset();
        return new StepReport(step + 1, total, loss, learningRate, norm, tokens, watch.Elapsed.TotalSeconds);
    }

    private double GoForthAndBack(Func<Tape, Variable> part, long step)
    {
        Variable loss = part(_tape);
        Span<double> value = stackalloc double[1];
        _backend.CopyToHost(loss.Value, value);
        CheckFinite(value[0], "loss", step);
        _tape.Backward(loss, _parameters);
        return value[0];
    }

    private void CheckFinite(double value, string what, long step)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingDivergedException(
                $"the {what} of step {step + 1} is {value}; "
                + (step == 0
                    ? "nothing was updated yet, so look for NaN or huge numbers in the weights (bert inspect weights) and the data"
                    : $"try a lower --learning_rate than {_options.LearningRate} or a longer warmup"));
        }
    }
}
