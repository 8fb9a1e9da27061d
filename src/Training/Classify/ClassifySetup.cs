// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>All that a run needs to know before it computes: where its weights are, the config, the tokenizer, the task.</summary>
/// <param name="Weights">Files of the first weights; null to start from scratch.</param>
/// <param name="FromOutputFolder">Whether they are a model that an earlier run left there.</param>
/// <param name="Config">With the options' dropout and GELU.</param>
/// <param name="Vocabulary">Fits the config.</param>
/// <param name="LowerCase">Whether text is lower-cased.</param>
/// <param name="Task">With its labels settled.</param>
internal sealed record ClassifySetup(
    ModelFiles? Weights, bool FromOutputFolder, BertConfig Config, Vocabulary Vocabulary, bool LowerCase, ClassificationTask Task)
{
    /// <summary>Finds everything, in the order in which Google's program looks.</summary>
    /// <exception cref="OptionsException">Something is missing or does not fit.</exception>
    public static ClassifySetup From(ClassifyOptions options, OutputFolder output, ITrainingLog log)
    {
        string? trained = options.DoTrain ? null : output.NewestModel();
        bool fromOutput = trained is not null;
        string? location = trained ?? options.InitCheckpoint ?? options.Model;
        ModelFiles? weights = location is null ? null : ModelFiles.Existing(location);
        bool describesItself = fromOutput && weights!.TryReadConfig() is not null && weights.TryReadVocabulary() is not null;
        ModelFiles? described = options.Model is { } model && !describesItself ? ModelFiles.Existing(model) : weights;

        BertConfig config = new SettledConfig(options.BertConfigFile, options.Dropout, options.Gelu).Read(described, weights, log);
        Vocabulary vocabulary = options.VocabFile is { } vocabularyFile
            ? ModelFiles.ReadVocabulary(vocabularyFile)
            : described?.TryReadVocabulary() ?? throw ModelFiles.Missing("--vocab_file");
        ClassifyChecks.Model(options, config, vocabulary.Count, vocabulary.SourceName);

        bool lowerCase = options.DoLowerCase ?? weights?.LowerCase() ?? described?.LowerCase() ?? true;
        return new ClassifySetup(weights, fromOutput, config, vocabulary, lowerCase, SettledTask(options, config, weights));
    }

    /// <summary>The task with the labels of the training set, or of the model where nothing is trained.</summary>
    private static ClassificationTask SettledTask(ClassifyOptions options, BertConfig config, ModelFiles? weights)
    {
        var columns = new CsvColumns { Text = options.TextColumn, TextB = options.TextBColumn, Label = options.LabelColumn ?? "label" };
        ClassificationTask task = ClassificationTask.Find(options.TaskName, columns);
        if (task.IsRegression)
        {
            return task;
        }

        bool modelDecides = task.Name == "csv" && !options.DoTrain && weights is not null && config.Labels.Count > 0;
        task = modelDecides ? task.WithLabels(config.Labels) : task.WithLabelsFrom(options.DataDir);
        bool sameLabels = task.Labels.ToHashSet().SetEquals(config.Labels);
        return sameLabels ? task.WithLabels(config.Labels) : task;
    }
}
