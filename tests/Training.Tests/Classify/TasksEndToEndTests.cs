// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>Every kind of task trains 20 steps on its real files, evaluates and predicts.</summary>
public class TasksEndToEndTests
{
    [Theory]
    [InlineData("cola", "glue/cola", "bert-base-uncased", 30522, "eval_matthews", 1043, 1063)]
    [InlineData("sst-2", "glue/sst2", "bert-base-uncased", 30522, "eval_accuracy", 872, 1821)]
    [InlineData("rte", "glue/rte", "bert-base-uncased", 30522, "eval_accuracy", 277, 3000)]
    [InlineData("sts-b", "glue/stsb", "bert-base-uncased", 30522, "eval_pearson", 1500, 1379)]
    [InlineData("csv", "chinese/chnsenticorp", "bert-base-chinese", 21128, "eval_accuracy", 1200, 1200)]
    public void TwentySteps_EvaluationAndPrediction_Run(
        string task, string data, string vocabulary, int vocabSize, string metric, int devCount, int testCount)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), SmallModel.Config(vocabSize));
        var options = new ClassifyOptions
        {
            TaskName = task,
            DataDir = SharedFolder.Path($"data/{data}"),
            OutputDir = folder.File("out"),
            VocabFile = SharedFolder.Path($"data/vocab/{vocabulary}/vocab.txt"),
            BertConfigFile = folder.File("config.json"),
            MaxSeqLength = 48,
            MaxSteps = 20,
            TextColumn = task == "csv" ? "text_a" : null,
            DoTrain = true,
            DoEval = true,
            DoPredict = true,
        };
        using var backend = new CpuBackend(threads: 2);
        var log = new SilentLog();
        TrainingResult result = new Classifier(options, backend, log).Run(CancellationToken.None);
        Assert.Equal(20, result.TrainedSteps);
        Assert.Contains(log.Lines, line => line.Contains($"Num examples = {devCount} ", StringComparison.Ordinal));
        Assert.True(double.IsFinite(result.Evaluation![metric]));
        Assert.True(double.IsFinite(result.Evaluation["eval_loss"]));
        Assert.Equal(testCount, File.ReadAllLines(Path.Combine(options.OutputDir, "test_results.tsv")).Length);
    }
}
