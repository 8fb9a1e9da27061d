// SPDX-License-Identifier: Apache-2.0
using BertManaged.Model;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class QuickstartOptionsTests
{
    [Fact]
    public void ToClassifyOptions_IsTheMainJobWithTheSampleAndNothingSpecial()
    {
        var options = new QuickstartOptions { OutputDir = "out", Seed = 7 };
        ClassifyOptions classify = options.ToClassifyOptions();

        Assert.Equal((true, true, true), (classify.DoTrain, classify.DoEval, classify.DoPredict));
        Assert.Equal(("csv", "author", 7UL), (classify.TaskName, classify.LabelColumn, classify.Seed));
        Assert.Null(classify.InitCheckpoint ?? classify.Model);
        Assert.Equal(
            (OptimizerKind.AdamWeightDecay, ScheduleKind.Google, ClipNorm.True, ShuffleKind.Full),
            (classify.Optimizer, classify.Schedule, classify.ClipNorm, classify.Shuffle));
        Assert.False(classify.OverwriteOutputDir);
    }

    [Fact]
    public void SampleConfig_FitsTheVocabularyAndTheLongestSequence()
    {
        string path = Repository.File("samples", "novelists", "config.json");
        BertConfig config = BertConfigReader.Read(File.ReadAllBytes(path), path);

        Assert.Equal(File.ReadAllLines(Repository.File("samples", "novelists", "vocab.txt")).Length, config.VocabSize);
        Assert.Equal(new QuickstartOptions { OutputDir = "out" }.ToClassifyOptions().MaxSeqLength, config.MaxPositionEmbeddings);
        Assert.Equal(HiddenActivation.GeluErf, config.HiddenAct);
    }

    [Fact]
    public void NovelistsSample_Written_IsTheCommittedFolder()
    {
        string folder = Directory.CreateTempSubdirectory("bertmanaged-").FullName;
        try
        {
            NovelistsSample.Write(folder);
            NovelistsSample.CheckMayWrite(folder);
            foreach (string name in new[] { "train.tsv", "dev.tsv", "vocab.txt", "config.json" })
            {
                Assert.Equal(
                    File.ReadAllBytes(Repository.File("samples", "novelists", name)), File.ReadAllBytes(Path.Combine(folder, name)));
            }

            Assert.Equal(File.ReadAllBytes(Path.Combine(folder, "dev.tsv")), File.ReadAllBytes(Path.Combine(folder, "test.tsv")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void NovelistsSample_OverAnotherFile_IsRefused()
    {
        string folder = Directory.CreateTempSubdirectory("bertmanaged-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "vocab.txt"), "[PAD]\n");
            OptionsException error = Assert.Throws<OptionsException>(() => NovelistsSample.CheckMayWrite(folder));
            Assert.Contains(Path.Combine(folder, "vocab.txt"), error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
