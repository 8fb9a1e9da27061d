// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The flags of <c>bert pretrain</c>: Google's, with Google's names and defaults, and ours.</summary>
/// <remarks>google-research/bert run_pretraining.py, flags.</remarks>
internal sealed class PretrainFlags
{
    private const string Data = "Data", Google = TrainingFlags.Google, Ours = TrainingFlags.Ours;

    private readonly Flag<string?> _inputFile =
        new("input_file", Data, "TFRecord files of examples: names and globs, with commas between", FlagValues.Text("FILES"))
        {
            IsRequired = true,
        };

    private readonly Flag<string?> _evalInputFile =
        new("eval_input_file", Data, "examples to evaluate on [input_file]", FlagValues.Text("FILES"));
    private readonly Flag<string?> _outputDir =
        new("output_dir", Data, "where results and the trained model go", FlagValues.Text("DIR")) { IsRequired = true };
    private readonly Flag<bool> _doTrain = new("do_train", Data, "train", FlagValues.Boolean, "false");
    private readonly Flag<bool> _doEval = new("do_eval", Data, "evaluate", FlagValues.Boolean, "false");
    private readonly Flag<int> _maxSeqLength =
        new("max_seq_length", Data, "tokens of an example, as the data was made", FlagValues.WholeNumber, "128");
    private readonly Flag<int> _maxPredictions =
        new("max_predictions_per_seq", Data, "masked tokens of an example, as the data was made", FlagValues.WholeNumber, "20");
    private readonly Flag<int> _trainBatchSize = new("train_batch_size", Google, "examples of an update", FlagValues.WholeNumber, "32");
    private readonly Flag<int> _evalBatchSize =
        new("eval_batch_size", Google, "examples of an evaluation batch", FlagValues.WholeNumber, "8");
    private readonly Flag<int> _numTrainSteps = new("num_train_steps", Google, "updates of the run", FlagValues.WholeNumber, "100000");
    private readonly Flag<int> _numWarmupSteps =
        new("num_warmup_steps", Google, "updates that warm up", FlagValues.WholeNumber, "10000");
    private readonly Flag<int> _maxEvalSteps = new("max_eval_steps", Google, "batches to evaluate", FlagValues.WholeNumber, "100");
    private readonly Flag<int> _accumulation = new(
        "gradient_accumulation_steps", Ours, "parts that a batch is computed in: less memory, the same update", FlagValues.WholeNumber,
        "1");
    private readonly Flag<bool> _nextSentence =
        new("nsp", Ours, "false: masked LM alone, as RoBERTa", FlagValues.Boolean, "true");

    private readonly ModelFlags _model = new(
        "vocabulary of the data, saved with the model [the model's]", "how the data was made, saved with the model [true, or the model's]");
    private readonly TrainingFlags _training = new();
    private readonly TpuFlags _tpu = new();

    /// <summary>Gives a verb all of them, in the order of its help.</summary>
    public void AddTo(Command verb)
    {
        Option[] all =
        [
            _inputFile, _evalInputFile, _outputDir, _doTrain, _doEval, _maxSeqLength, _maxPredictions,
            _model.ConfigFile, _model.InitCheckpoint, _model.Model, _model.VocabFile, _model.LowerCase, _model.Gelu,
            _trainBatchSize, _evalBatchSize, _training.LearningRate, _numTrainSteps, _numWarmupSteps, _maxEvalSteps,
            _accumulation, _nextSentence, .. _training.AllOurs, .. _training.OfCheckpoints, .. _tpu.All,
        ];
        foreach (Option option in all)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>What the user asked for.</summary>
    /// <exception cref="OptionsException">A TPU.</exception>
    public PretrainOptions Read(ParseResult arguments)
    {
        _tpu.Check(arguments);
        var own = new PretrainOptions
        {
            InputFile = arguments.GetRequiredValue(_inputFile)!,
            EvalInputFile = arguments.GetValue(_evalInputFile),
            OutputDir = arguments.GetRequiredValue(_outputDir)!,
            DoTrain = arguments.GetValue(_doTrain),
            DoEval = arguments.GetValue(_doEval),
            MaxSeqLength = arguments.GetValue(_maxSeqLength),
            MaxPredictionsPerSeq = arguments.GetValue(_maxPredictions),
            TrainBatchSize = arguments.GetValue(_trainBatchSize),
            EvalBatchSize = arguments.GetValue(_evalBatchSize),
            NumTrainSteps = arguments.GetValue(_numTrainSteps),
            NumWarmupSteps = arguments.GetValue(_numWarmupSteps),
            MaxEvalSteps = arguments.GetValue(_maxEvalSteps),
            GradientAccumulationSteps = arguments.GetValue(_accumulation),
            NextSentence = arguments.GetValue(_nextSentence),
        };

        // A copy of options keeps the kind that they are of.
        return (PretrainOptions)_training.Apply(arguments, _model.Apply(arguments, own));
    }
}
