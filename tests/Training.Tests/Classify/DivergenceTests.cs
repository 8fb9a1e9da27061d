// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

public class DivergenceTests
{
    [Fact]
    public void Training_AtAnAbsurdRateWithoutClipping_StopsWithTheStepAndWritesNoModel()
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        ClassifyOptions options = SmallModel.Write(folder) with
        {
            TaskName = "sts-b",
            LearningRate = 1,
            WarmupProportion = 0,
            ClipNorm = ClipNorm.None,
            NumTrainEpochs = 30,
            TrainBatchSize = 2,
        };
        IEnumerable<string> rows = Enumerable.Range(0, 40).Select(i =>
            $"{i}\tg\tf\ty\t{i}\t1\t2\tthe sky\tis blue\t{(i % 2 == 0 ? "3e19" : "-3e19")}");
        const string Header = "index\tgenre\tfilename\tyear\told_index\tsource1\tsource2\tsentence1\tsentence2\tscore";
        File.WriteAllLines(folder.File("train.tsv"), rows.Prepend(Header));
        TrainingDivergedException e = Assert.Throws<TrainingDivergedException>(
            () => new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None));
        Assert.Contains("of step 1 ", e.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(options.OutputDir, "model.safetensors")));
    }
}
