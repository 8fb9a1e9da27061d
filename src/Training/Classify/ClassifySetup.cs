// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Text;

namespace BertManaged.Training;

/// <summary>All that a run needs to know before it computes.</summary>
/// <param name="Model">Where it begins.</param>
/// <param name="Vocabulary">The model's; fits the config.</param>
/// <param name="Task">With its labels settled.</param>
internal sealed record ClassifySetup(RunModel Model, Vocabulary Vocabulary, ClassificationTask Task)
{
    /// <summary>Of the model.</summary>
    public BertConfig Config => Model.Config;

    /// <summary>Finds everything.</summary>
    /// <exception cref="OptionsException">Something is missing or does not fit.</exception>
    public static ClassifySetup From(ClassifyOptions options, OutputFolder output, ITrainingLog log)
    {
        RunModel model = RunModel.Find(options, output, needsVocabulary: true, log);
        Vocabulary vocabulary = model.Vocabulary!;
        ClassifyChecks.Model(options, model.Config, vocabulary.Count, vocabulary.SourceName);
        return new ClassifySetup(model, vocabulary, SettledTask(options, model.Config, model.Weights));
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
