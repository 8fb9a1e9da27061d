// SPDX-License-Identifier: Apache-2.0
using System.Globalization;
using BertManaged.Tensors;

namespace BertManaged.Training;

/// <summary>The main job on data that the program brings along: writes the sample, trains a small BERT on it from nothing, evaluates and
/// predicts, and holds the result against baselines. What <c>bert quickstart</c> does.</summary>
/// <param name="options">Where to write, and the seed.</param>
/// <param name="backend">Where to compute.</param>
/// <param name="log">Where to say what is going on.</param>
public sealed class Quickstart(QuickstartOptions options, IBackend backend, ITrainingLog log)
{
    private const int PassagesShown = 6;

    /// <summary>Does it all.</summary>
    /// <param name="stop">Asks to finish the step, save the weights and return.</param>
    /// <exception cref="OptionsException">The output folder holds something else, or cannot be written.</exception>
    public QuickstartResult Run(CancellationToken stop)
    {
        var model = new OutputFolder(options.ModelDir);
        if (!options.OverwriteOutputDir)
        {
            NovelistsSample.CheckMayWrite(options.DataDir);
            model.CheckHoldsNoModel();
        }

        model.CheckMayTrain(options.OverwriteOutputDir);
        using OutputHold hold = new OutputFolder(options.OutputDir).Hold(trains: false);
        IReadOnlyList<string> data = NovelistsSample.Write(options.DataDir);

        ClassificationTask task = ClassificationTask.Find("csv", new CsvColumns { Label = NovelistsSample.LabelColumn })
            .WithLabelsFrom(options.DataDir);
        IReadOnlyList<InputExample> train = task.ReadTrain(options.DataDir), test = task.ReadDev(options.DataDir);
        TrainingResult run = new Classifier(options.ToClassifyOptions(), backend, log).Run(stop);
        return new QuickstartResult
        {
            TrainingPassages = train.Count,
            TestPassages = test.Count,
            MajorityAccuracy = MajorityClass.Train(task, train).Accuracy(task, test),
            NaiveBayesAccuracy = NaiveBayes.Train(task, train).Evaluate(task, test).Accuracy,
            Predictions = run.WasInterrupted ? [] : SomePredictions(task, model.File("predictions.tsv")),
            Files = [.. data, .. run.Files],
            Run = run,
        };
    }

    /// <summary>From the table that the main job wrote. The authors take turns in it, and the stride is no multiple of their number:
    /// each of them comes up.</summary>
    private static QuickstartPrediction[] SomePredictions(ClassificationTask task, string path)
    {
        IReadOnlyList<DataRow> rows = DataTable.Read(path).Rows;
        int stride = (rows.Count / PassagesShown) + 1;
        return [.. rows.Where((_, i) => i % stride == 0).Select(row => Prediction(task, row))];
    }

    private static QuickstartPrediction Prediction(ClassificationTask task, DataRow row) => new(
        row.Cell("text")!,
        row.Cell("label")!,
        row.Cell("predicted")!,
        [.. task.Labels.Select(
            label => KeyValuePair.Create(label, double.Parse(row.Cell($"probability:{label}")!, CultureInfo.InvariantCulture)))]);
}
