// SPDX-License-Identifier: Apache-2.0
using System.CommandLine;
using BertManaged.Training;

namespace BertManaged.Cli;

/// <summary>The flags of <c>bert classify</c>: Google's, with Google's names and defaults, and ours.</summary>
/// <remarks>google-research/bert run_classifier.py, flags.</remarks>
internal sealed class ClassifyFlags
{
    private const string Task = "Task", Model = ModelFlags.Group, Training = TrainingFlags.Google, Tables = "Task csv";

    private readonly Flag<string?> _taskName =
        new("task_name", Task, string.Join(", ", ClassificationTask.KnownNames), FlagValues.Text("TASK")) { IsRequired = true };
    private readonly Flag<string?> _dataDir =
        new("data_dir", Task, "folder of the task's files", FlagValues.Text("DIR")) { IsRequired = true };
    private readonly Flag<string?> _outputDir =
        new("output_dir", Task, "where results and the trained model go", FlagValues.Text("DIR")) { IsRequired = true };
    private readonly Flag<bool> _doTrain = new("do_train", Task, "fine-tune on the training set", FlagValues.Boolean, "false");
    private readonly Flag<bool> _doEval = new("do_eval", Task, "evaluate on the dev set", FlagValues.Boolean, "false");
    private readonly Flag<bool> _doPredict = new("do_predict", Task, "predict the test set", FlagValues.Boolean, "false");
    private readonly Flag<string?> _textColumn = new("text_column", Tables, "column of the text", FlagValues.Text("NAME"));
    private readonly Flag<string?> _textBColumn = new("text_b_column", Tables, "column of the second text", FlagValues.Text("NAME"));
    private readonly Flag<string?> _labelColumn = new("label_column", Tables, "column of the label", FlagValues.Text("NAME"));
    private readonly Flag<int> _maxSeqLength =
        new("max_seq_length", Model, "most tokens of an example, [CLS] and [SEP] included", FlagValues.WholeNumber, "128");
    private readonly Flag<int> _trainBatchSize = new("train_batch_size", Training, "examples per step", FlagValues.WholeNumber, "32");
    private readonly Flag<int> _evalBatchSize =
        new("eval_batch_size", Training, "examples per batch of evaluation", FlagValues.WholeNumber, "8");
    private readonly Flag<int> _predictBatchSize =
        new("predict_batch_size", Training, "examples per batch of prediction", FlagValues.WholeNumber, "8");
    private readonly Flag<double> _numTrainEpochs =
        new("num_train_epochs", Training, "passes over the training set", FlagValues.Number, "3.0");
    private readonly Flag<double> _warmupProportion =
        new("warmup_proportion", Training, "share of the steps that warm up", FlagValues.Number, "0.1");
    private readonly ModelFlags _model = new("vocabulary [the model's]", "lower-case and strip accents [true, or the model's]");
    private readonly TrainingFlags _training = new();
    private readonly TpuFlags _tpu = new();

    /// <summary>Gives a verb all of them, in the order of its help.</summary>
    public void AddTo(Command verb)
    {
        Option[] all =
        [
            _taskName, _dataDir, _outputDir, _doTrain, _doEval, _doPredict,
            _model.Model, _model.InitCheckpoint, _model.ConfigFile, _model.VocabFile, _model.LowerCase, _maxSeqLength, _model.Gelu,
            _trainBatchSize, _evalBatchSize, _predictBatchSize, _training.LearningRate, _numTrainEpochs, _warmupProportion,
            .. _training.AllOurs, _textColumn, _textBColumn, _labelColumn,
            .. _training.OfCheckpoints,
            .. _tpu.All,
        ];
        foreach (Option option in all)
        {
            verb.Options.Add(option);
        }
    }

    /// <summary>What the user asked for.</summary>
    /// <exception cref="OptionsException">A TPU.</exception>
    public ClassifyOptions Read(ParseResult arguments)
    {
        _tpu.Check(arguments);
        var own = new ClassifyOptions
        {
            TaskName = arguments.GetRequiredValue(_taskName)!,
            DataDir = arguments.GetRequiredValue(_dataDir)!,
            OutputDir = arguments.GetRequiredValue(_outputDir)!,
            DoTrain = arguments.GetValue(_doTrain),
            DoEval = arguments.GetValue(_doEval),
            DoPredict = arguments.GetValue(_doPredict),
            TextColumn = arguments.GetValue(_textColumn),
            TextBColumn = arguments.GetValue(_textBColumn),
            LabelColumn = arguments.GetValue(_labelColumn),
            MaxSeqLength = arguments.GetValue(_maxSeqLength),
            TrainBatchSize = arguments.GetValue(_trainBatchSize),
            EvalBatchSize = arguments.GetValue(_evalBatchSize),
            PredictBatchSize = arguments.GetValue(_predictBatchSize),
            NumTrainEpochs = arguments.GetValue(_numTrainEpochs),
            WarmupProportion = arguments.GetValue(_warmupProportion),
        };

        // A copy of options keeps the kind that they are of.
        return (ClassifyOptions)_training.Apply(arguments, _model.Apply(arguments, own));
    }
}
