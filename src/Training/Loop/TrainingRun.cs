// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Trains step by step.</summary>
/// <param name="report">Called after each step.</param>
/// <param name="stop">Looked at after each step.</param>
/// <param name="first">Steps that were done before.</param>
/// <returns>Steps done, those before included.</returns>
internal delegate long TrainingLoop(Action<StepReport> report, CancellationToken stop, long first);

/// <summary>The training of a run, whatever it learns: where it goes on, its steps, what it leaves in the output folder.</summary>
/// <remarks>TensorFlow's Estimator.train, which goes on from the newest checkpoint in the output folder and does nothing where that has
/// all steps.</remarks>
internal sealed class TrainingRun
{
    private readonly TrainingPlan _plan;
    private readonly OutputFolder _output;
    private readonly IBackend _backend;
    private readonly ITrainingLog _log;
    private readonly RunCheckpoints _checkpoints;

    /// <summary>Finds out where to begin.</summary>
    /// <exception cref="OptionsException">The folder holds another run or model.</exception>
    public TrainingRun(TrainingPlan plan, OutputFolder output, IBackend backend, ITrainingLog log)
    {
        (_plan, _output, _backend, _log) = (plan, output, backend, log);
        output.CheckHoldsNothingForeign(plan.LastStep);
        _checkpoints = new RunCheckpoints(output.Path, plan.Checkpoints, plan.Settings, log);
        Start = _checkpoints.FindStart(plan.StartsOver);
    }

    /// <summary>The checkpoint that weights and moments are taken from; null for a run that begins.</summary>
    public SavedCheckpoint? Start { get; }

    /// <summary>Files written, in order.</summary>
    public List<string> Files { get; } = [];

    private long First => Start?.Step ?? 0;

    /// <summary>Trains, and saves what came of it.</summary>
    /// <param name="parameters">Of the model, with the weights of <see cref="Start"/>.</param>
    /// <param name="begin">Makes what trains; not called where nothing is left to do.</param>
    /// <param name="stop">Looked at after each step.</param>
    /// <returns>Steps done, those of <see cref="Start"/> included.</returns>
    public long Run(IReadOnlyList<Parameter> parameters, Func<(Optimizer, TrainingLoop)> begin, CancellationToken stop)
    {
        long steps = First;
        _output.DeleteLeftovers();
        _checkpoints.DeleteHalves();
        if (First >= _plan.LastStep)
        {
            _log.Info($"Skipping training: {Start!.Location} has done {First} of {_plan.LastStep} steps");
        }
        else
        {
            SayWhatComes();
            (Optimizer optimizer, TrainingLoop loop) = begin();
            steps = Train(parameters, optimizer, loop, stop);
        }

        // Where nothing was done, what is there is worth more.
        if (steps > First || LacksItsModel(steps))
        {
            _output.DeleteResults();
            SaveModel(parameters, steps);
        }

        return steps;
    }

    /// <summary>Whether a run was killed between its last checkpoint and its model.</summary>
    private bool LacksItsModel(long steps) =>
        steps >= _plan.LastStep && _checkpoints.Format == CheckpointFormat.Safetensors && !_output.HoldsModelOf(steps);

    private void SayWhatComes()
    {
        _log.Info("***** Running training *****");
        _log.Info($"  Num examples = {_plan.ExampleCount}");
        _log.Info($"  Batch size = {_plan.BatchSize}");
        _log.Info($"  Num steps = {_plan.TotalSteps}");
        if (Start is not null)
        {
            _log.Info($"Going on after step {First}, from {Start.Location}");
        }
    }

    private long Train(IReadOnlyList<Parameter> parameters, Optimizer optimizer, TrainingLoop loop, CancellationToken stop)
    {
        Start?.RestoreMoments(_backend, optimizer);
        using var records = new StepRecords(_output, First);
        long steps = loop(Report, stop, First);
        if (steps > First)
        {
            Save(steps);
            Files.AddRange(records.Files);
        }

        return steps;

        void Report(StepReport report)
        {
            records.Write(report);
            _log.Step(report);
            if (_checkpoints.IsDue(report.Step))
            {
                Save(report.Step);
            }
        }

        void Save(long step)
        {
            records.FlushToDisk();
            _checkpoints.Save(new CheckpointContent(step, _backend, parameters, optimizer, _plan.Description));
            if (Start is null)
            {
                // With the first checkpoint the run before is gone, and so must be its model: it would be taken for this run's.
                _output.DeleteWeights();
                _output.DeleteResults();
            }
        }
    }

    private void SaveModel(IReadOnlyList<Parameter> parameters, long steps)
    {
        if (_checkpoints.Format == CheckpointFormat.TensorFlow)
        {
            // The last checkpoint is the model, as Google's programs have it.
            _output.DeleteWeights();
            return;
        }

        Files.AddRange(new ModelFolderWriter(_output.Path).Write(_backend, parameters, _plan.Description, steps));
        _log.Info($"Saved the weights of step {steps} to {_output.File("model.safetensors")}");
    }
}
