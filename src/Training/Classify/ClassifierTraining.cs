// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>The training of a run of <see cref="Classifier"/>: where it goes on, its steps, what it leaves in the output folder.</summary>
/// <remarks>google-research/bert run_classifier.py, main; TensorFlow's Estimator.train, which goes on from the newest checkpoint in the
/// output folder and does nothing where that has all steps.</remarks>
internal sealed class ClassifierTraining
{
    private readonly ClassifyOptions _options;
    private readonly ClassifySetup _setup;
    private readonly EncodedExample[] _examples;
    private readonly OutputFolder _output;
    private readonly IBackend _backend;
    private readonly ITrainingLog _log;
    private readonly RunCheckpoints _checkpoints;
    private readonly IReadOnlyList<(string Name, Action<Stream> Write)> _description;

    /// <summary>Finds out where to begin.</summary>
    /// <exception cref="OptionsException">The steps come to less than one, or the folder holds another run or model.</exception>
    public ClassifierTraining(
        ClassifyOptions options, ClassifySetup setup, EncodedExample[] examples, OutputFolder output, IBackend backend, ITrainingLog log)
    {
        (_options, _setup, _examples, _output, _backend, _log) = (options, setup, examples, output, backend, log);
        _checkpoints = new RunCheckpoints(
            output.Path, options.Checkpoints, ClassifySettings.Of(options, setup, examples, backend), log);
        Start = _checkpoints.FindStart(options.OverwriteOutputDir);
        if (Start is null)
        {
            output.CheckMayTrain(options.OverwriteOutputDir);
        }

        CheckSteps();
        IReadOnlyList<string> labels = setup.Task.IsRegression ? [] : setup.Task.Labels;
        _description = ModelFolderWriter.Description(
            setup.Config, ModelHeads.Classification(setup.Config, labels, setup.Task.IsRegression), setup.Vocabulary, setup.LowerCase);
    }

    /// <summary>The checkpoint that weights and moments are taken from; null for a run that begins.</summary>
    public SavedCheckpoint? Start { get; }

    /// <summary>Files written, in order.</summary>
    public List<string> Files { get; } = [];

    private long First => Start?.Step ?? 0;

    /// <summary>Trains, and saves what came of it.</summary>
    /// <param name="model">With the weights of <see cref="Start"/>.</param>
    /// <param name="stop">Looked at after each step.</param>
    /// <returns>Steps done, those of <see cref="Start"/> included.</returns>
    public long Run(BertForSequenceClassification model, CancellationToken stop)
    {
        long last = FineTuning.LastStep(_examples.Length, _options), steps = First;
        if (First >= last)
        {
            _log.Info($"Skipping training: {Start!.Location} has done {First} of {last} steps");
        }
        else
        {
            SayWhatComes();
            steps = Train(model, stop);
        }

        // Where nothing was done, what is there is worth more; but a run may have been killed between its last checkpoint and its model.
        if (steps > First || (steps >= last && !_output.HoldsModelOf(steps)))
        {
            SaveModel(model, steps);
        }

        return steps;
    }

    private void CheckSteps()
    {
        if (FineTuning.TotalSteps(_examples.Length, _options) < 1)
        {
            throw new OptionsException(
                $"{_examples.Length} examples / --train_batch_size {_options.TrainBatchSize} · "
                + $"--num_train_epochs {_options.NumTrainEpochs} is less than one step; lower the batch size");
        }
    }

    private void SayWhatComes()
    {
        _log.Info("***** Running training *****");
        _log.Info($"  Num examples = {_examples.Length}");
        _log.Info($"  Batch size = {_options.TrainBatchSize}");
        _log.Info($"  Num steps = {FineTuning.TotalSteps(_examples.Length, _options)}");
        if (Start is not null)
        {
            _log.Info($"Going on after step {First}, from {Start.Location}");
        }
    }

    private long Train(BertForSequenceClassification model, CancellationToken stop)
    {
        var fineTuning = new FineTuning(model, _backend, _options, _setup.Task.IsRegression);
        Start?.RestoreMoments(_backend, fineTuning.Optimizer);
        if (stop.IsCancellationRequested)
        {
            return First;
        }

        using var metrics = new MetricsLog(_output.File("metrics.jsonl"), First);
        long steps = fineTuning.Run(_examples, Report, stop, First);
        if (steps > First)
        {
            Save(steps);
            Files.Add(_output.File("metrics.jsonl"));
        }

        return steps;

        void Report(StepReport report)
        {
            metrics.Write(report);
            _log.Step(report);
            if (_checkpoints.IsDue(report.Step))
            {
                Save(report.Step);
            }
        }

        void Save(long step)
        {
            metrics.FlushToDisk();
            _checkpoints.Save(new CheckpointContent(step, _backend, model.Parameters, fineTuning.Optimizer, _description));
        }
    }

    private void SaveModel(BertForSequenceClassification model, long steps)
    {
        _output.DeleteResults();
        Files.AddRange(new ModelFolderWriter(_output.Path).Write(_backend, model.Parameters, _description, steps));
        _log.Info($"Saved the weights of step {steps} to {_output.File("model.safetensors")}");
    }
}
