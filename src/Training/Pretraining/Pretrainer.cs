// SPDX-License-Identifier: Apache-2.0
using BertManaged.Autograd;
using BertManaged.Model;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>Pre-training and its evaluation: what <c>bert pretrain</c> does.</summary>
/// <remarks>google-research/bert run_pretraining.py, main.</remarks>
/// <param name="options">What to do.</param>
/// <param name="backend">Where to compute.</param>
/// <param name="log">Where to say so.</param>
public sealed class Pretrainer(PretrainOptions options, IBackend backend, ITrainingLog log)
{
    private readonly OutputFolder _output = new(options.OutputDir);
    private readonly List<string> _files = [];

    /// <summary>Checks everything that can be checked before work begins, all examples included, then trains and evaluates as the options
    /// say.</summary>
    /// <param name="stop">Asks to finish the step, save the weights and return.</param>
    /// <exception cref="OptionsException">Options that cannot work.</exception>
    public TrainingResult Run(CancellationToken stop)
    {
        PretrainChecks.Options(options);
        using RunModel described = RunModel.Find(options, _output, needsVocabulary: false, log);
        PretrainChecks.Model(options, described);
        using OutputHold hold = _output.HoldFor(options);
        PretrainingData? train = options.DoTrain ? Read("--input_file", options.InputFile, described.Config, stop) : null;
        PretrainingData? dev = !options.DoEval ? null
            : options.EvalInputFile is { } other ? Read("--eval_input_file", other, described.Config, stop)
            : train ?? Read("--input_file", options.InputFile, described.Config, stop);
        TrainingRun? training = train is null ? null : new(Plan(described, train), _output, backend, log);
        (BertForPreTraining model, long globalStep) = Load(described, training?.Start);
        if (stop.IsCancellationRequested)
        {
            // Before the first step there is nothing to save, and what the folder holds is worth more than random weights.
            return new TrainingResult { WasInterrupted = true };
        }

        SayWhatIsMissing(described);
        long step = Train(training, model, train, stop) ?? globalStep;
        var result = new TrainingResult { GlobalStep = step, TrainedSteps = training is null ? 0 : step - globalStep, Files = _files };
        try
        {
            stop.ThrowIfCancellationRequested();
            return dev is null ? result : result with { Evaluation = Evaluate(model, dev, step, stop) };
        }
        catch (OperationCanceledException)
        {
            return result with { WasInterrupted = true };
        }
    }

    private PretrainingData Read(string flag, string list, BertConfig config, CancellationToken stop)
    {
        IReadOnlyList<string> files = InputFiles.Expand(list, flag);
        log.Info("*** Input Files ***");
        foreach (string file in files)
        {
            log.Info($"  {file}");
        }

        var format = new PretrainingFormat(
            options.MaxSeqLength, options.MaxPredictionsPerSeq, config.VocabSize, config.TypeVocabSize, options.NextSentence);
        var data = PretrainingData.Read(files, format, stop);
        PretrainChecks.HasExamples(data, flag, list);
        return data;
    }

    private TrainingPlan Plan(RunModel described, PretrainingData train)
    {
        PretrainChecks.Count(train.Count, options);
        return new TrainingPlan
        {
            Settings = PretrainSettings.Of(options, described, train, backend),
            Checkpoints = options.Checkpoints,
            StartsOver = options.OverwriteOutputDir,
            Description = ModelFolderWriter.Description(
                described.Config, options.NextSentence ? ModelHeads.PreTraining : ModelHeads.MaskedLm, described.Vocabulary,
                described.LowerCase),
            ExampleCount = train.Count,
            BatchSize = options.TrainBatchSize,
            TotalSteps = options.NumTrainSteps,
            LastStep = Pretraining.LastStep(options),
        };
    }

    private (BertForPreTraining Model, long GlobalStep) Load(RunModel described, SavedCheckpoint? start)
    {
        // What is loaded need not stay open while it is trained.
        using RunModel _ = described;
        var loading = new PretrainLoading(described, backend, options, log);
        return start is null ? loading.Load() : (loading.Load(start), start.Step);
    }

    private void SayWhatIsMissing(RunModel described)
    {
        described.SayWhichWeights(options, log);
        if (options.DoTrain && described.Vocabulary is null)
        {
            log.Warning("no --vocab_file and no model that brings one: the saved model has no vocab.txt, and can read no text without");
        }
    }

    /// <returns>Steps that made the weights; null without training.</returns>
    private long? Train(TrainingRun? training, BertForPreTraining model, PretrainingData? train, CancellationToken stop)
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
            var pretraining = new Pretraining(model, backend, options);
            return (pretraining.Optimizer, (report, stop, first) => pretraining.Run(train, report, stop, first));
        }
    }

    private EvalResults Evaluate(BertForPreTraining model, PretrainingData dev, long globalStep, CancellationToken stop)
    {
        log.Info("***** Running evaluation *****");
        log.Info($"  Num examples = {dev.Count}");
        log.Info($"  Batch size = {options.EvalBatchSize}");
        EvalResults results = new PretrainingEvaluation(model, backend).Run(dev, options.EvalBatchSize, options.MaxEvalSteps, stop);
        results.SetInteger("global_step", globalStep);
        _files.Add(_output.WriteText("eval_results.txt", text => text.Write(results.ToFileText())));
        return results;
    }
}
