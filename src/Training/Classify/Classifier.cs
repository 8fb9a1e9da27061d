// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>Fine-tuning, evaluation and prediction of sentence and pair tasks: what <c>bert classify</c> does.</summary>
/// <remarks>google-research/bert run_classifier.py, main.</remarks>
/// <param name="options">What to do.</param>
/// <param name="backend">Where to compute.</param>
/// <param name="log">Where to say so.</param>
public sealed class Classifier(ClassifyOptions options, IBackend backend, ITrainingLog log)
{
    private readonly OutputFolder _output = new(options.OutputDir);
    private readonly List<string> _files = [];

    /// <summary>Checks everything that can be checked before work begins, then trains, evaluates and predicts as the options say.</summary>
    /// <param name="stop">Asks to finish the step, save the weights and return.</param>
    /// <exception cref="OptionsException">Options that cannot work.</exception>
    public TrainingResult Run(CancellationToken stop)
    {
        ClassifyChecks.Options(options);
        ClassifySetup setup = ClassifySetup.From(options, _output, log);
        using RunModel found = setup.Model;
        using OutputHold hold = _output.HoldFor(options);
        var encoder = new PairEncoder(new BertTokenizer(setup.Vocabulary, setup.Model.LowerCase), options.MaxSeqLength);
        EncodedExample[]? train = options.DoTrain ? Encode(setup.Task.ReadTrain(options.DataDir)) : null;
        EncodedExample[]? dev = options.DoEval ? Encode(setup.Task.ReadDev(options.DataDir)) : null;
        EncodedExample[]? test = options.DoPredict ? Encode(setup.Task.ReadTest(options.DataDir)) : null;
        TrainingRun? training = train is null ? null : new(Plan(setup, train), _output, backend, log);
        (BertForSequenceClassification model, long globalStep) = Load(setup, training?.Start);
        if (stop.IsCancellationRequested)
        {
            // Before the first step there is nothing to save, and what the folder holds is worth more than random weights.
            return new TrainingResult { WasInterrupted = true };
        }

        SayWhichWeights(setup.Model, training?.Start);
        long step = Train(training, setup, model, train, stop) ?? globalStep;
        var result = new TrainingResult { GlobalStep = step, TrainedSteps = training is null ? 0 : step - globalStep, Files = _files };
        try
        {
            stop.ThrowIfCancellationRequested();
            var scoring = new Scoring(model, backend, setup.Task);
            result = dev is null ? result : result with { Evaluation = Evaluate(scoring, dev, step, stop) };
            Predict(scoring, setup.Task, test, stop);
            return result;
        }
        catch (OperationCanceledException)
        {
            return result with { WasInterrupted = true };
        }

        EncodedExample[] Encode(IReadOnlyList<InputExample> examples) => EncodedExample.Encode(setup.Task, encoder, examples);
    }

    private (BertForSequenceClassification Model, long GlobalStep) Load(ClassifySetup setup, SavedCheckpoint? start)
    {
        // What is loaded need not stay open while it is trained.
        using RunModel _ = setup.Model;
        var loading = new ClassifierLoading(setup, backend, options, log);
        return start is null ? loading.Load() : (loading.Load(start), start.Step);
    }

    /// <exception cref="OptionsException">The steps come to less than one.</exception>
    private TrainingPlan Plan(ClassifySetup setup, EncodedExample[] train)
    {
        IReadOnlyList<string> labels = setup.Task.IsRegression ? [] : setup.Task.Labels;
        long total = FineTuning.TotalSteps(train.Length, options);
        return total < 1
            ? throw new OptionsException(
                $"{train.Length} examples / --train_batch_size {options.TrainBatchSize} · "
                + $"--num_train_epochs {options.NumTrainEpochs} is less than one step; lower the batch size")
            : new TrainingPlan
            {
                Settings = ClassifySettings.Of(options, setup, train, backend),
                Checkpoints = options.Checkpoints,
                StartsOver = options.OverwriteOutputDir,
                Description = ModelFolderWriter.Description(
                    setup.Config, ModelHeads.Classification(setup.Config, labels, setup.Task.IsRegression), setup.Vocabulary,
                    setup.Model.LowerCase),
                ExampleCount = train.Length,
                BatchSize = options.TrainBatchSize,
                TotalSteps = total,
                LastStep = FineTuning.LastStep(train.Length, options),
            };
    }

    /// <returns>Steps that made the weights; null without training.</returns>
    private long? Train(
        TrainingRun? training, ClassifySetup setup, BertForSequenceClassification model, EncodedExample[]? train, CancellationToken stop)
    {
        if (training is null || train is null)
        {
            return null;
        }

        long steps = training.Run(model.Parameters, Begin, stop);
        _files.AddRange(training.Files);
        return steps;

        (Optimizer, TrainingLoop) Begin()
        {
            var fineTuning = new FineTuning(model, backend, options, setup.Task.IsRegression);
            return (fineTuning.Optimizer, (report, stop, first) => fineTuning.Run(train, report, stop, first));
        }
    }

    private void SayWhichWeights(RunModel model, SavedCheckpoint? start)
    {
        model.SayWhichWeights(options, log);
        if (model.Weights is null && start is null)
        {
            log.Warning("no --init_checkpoint and no --model: every weight is random");
        }
    }

    private EvalResults Evaluate(Scoring scoring, EncodedExample[] dev, long globalStep, CancellationToken stop)
    {
        log.Info("***** Running evaluation *****");
        log.Info($"  Num examples = {dev.Length} ({dev.Length} actual, 0 padding)");
        log.Info($"  Batch size = {options.EvalBatchSize}");
        EvalResults results = scoring.Evaluate(dev, scoring.Logits(dev, stop), options.EvalBatchSize);
        results.SetInteger("global_step", globalStep);
        _files.Add(_output.WriteText("eval_results.txt", text => text.Write(results.ToFileText())));
        return results;
    }

    private void Predict(Scoring scoring, ClassificationTask task, EncodedExample[]? test, CancellationToken stop)
    {
        if (test is null)
        {
            return;
        }

        log.Info("***** Running prediction*****");
        log.Info($"  Num examples = {test.Length} ({test.Length} actual, 0 padding)");
        log.Info($"  Batch size = {options.PredictBatchSize}");
        float[][] outputs = scoring.Outputs(scoring.Logits(test, stop));
        _files.Add(_output.WriteText("test_results.tsv", text => TestResults.Write(text, outputs)));
        if (task.Name == "csv")
        {
            InputExample[] examples = Array.ConvertAll(test, e => e.Example);
            _files.Add(_output.WriteText("predictions.tsv", text => PredictionTable.Write(text, task, examples, outputs)));
        }
    }
}
