// SPDX-License-Identifier: Apache-2.0
using BertManaged.Tensors;

namespace BertManaged.Training.Tests;

/// <summary>What is refused, or tidied up, before and between runs.</summary>
public class ClassifySetupTests
{
    [Theory]
    [InlineData("cased_L-12_H-768_A-12", null, "pass --do_lower_case=false")]
    [InlineData("uncased_L-12_H-768_A-12", false, "pass --do_lower_case=true")]
    public void Casing_OfFolderNamedByModel_IsHeldAgainstTheFlag(string name, bool? lowerCase, string message)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File(name));
        ClassifyOptions options = SmallModel.Write(folder) with { Model = folder.File(name), DoLowerCase = lowerCase };
        Assert.Contains(message, Refused(options), StringComparison.Ordinal);
    }

    [Fact]
    public void Casing_WithoutFlag_IsWhatTheTokenizerConfigSays()
    {
        using var folder = new TemporaryFolder();
        string model = Directory.CreateDirectory(folder.File("cased_L-12_H-768_A-12")).FullName;
        File.WriteAllText(Path.Combine(model, "tokenizer_config.json"), """{"do_lower_case": false}""");
        ClassifyOptions options = SmallModel.Write(folder) with { Model = model };
        using var backend = new CpuBackend(threads: 2);

        // The folder has no weights, which is found after the casing was let through.
        Assert.ThrowsAny<IOException>(() => new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None));
    }

    [Fact]
    public void Model_ThatDoesNotExist_IsSaidToBeMissing()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = SmallModel.Write(folder) with { Model = folder.File("typo") };
        Assert.Contains("typo: there is no such file or folder", Refused(options), StringComparison.Ordinal);
    }

    [Fact]
    public void OutputDir_ThatIsAFile_IsRefusedBeforeAnythingIsSaid()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("out"), "");
        var log = new SilentLog();
        Assert.Contains("(it is a file)", Refused(SmallModel.Write(folder), log), StringComparison.Ordinal);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void Evaluation_WithTheHeadOfAnotherTask_NamesBothSizes()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Trained(folder);
        File.WriteAllText(folder.File("dev.tsv"), "1\t0\t*\tthe sky\n");
        string message = Refused(options with { TaskName = "cola", DoTrain = false, DoEval = true });
        Assert.Contains("head has 3 outputs, but cola has 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Training_OverAModel_RemovesTheResultsOfTheOldOne()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Trained(folder);
        foreach (string name in (string[])["eval_results.txt", "test_results.tsv", "predictions.tsv"])
        {
            File.WriteAllText(Path.Combine(options.OutputDir, name), "of the old model");
        }

        using var backend = new CpuBackend(threads: 2);
        new Classifier(options with { OverwriteOutputDir = true }, backend, new SilentLog()).Run(CancellationToken.None);
        string[] names = [.. Directory.GetFiles(options.OutputDir).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(
            ["config.json", "metrics.jsonl", "model.safetensors", "tokenizer_config.json", "vocab.txt"],
            names.Where(name => !name.StartsWith("events.out.tfevents.", StringComparison.Ordinal)));
    }

    [Fact]
    public void Weights_ThatCannotBeRead_LeaveNoOutputFolder()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("broken.safetensors"), "no header");
        ClassifyOptions options = SmallModel.Write(folder) with { InitCheckpoint = folder.File("broken.safetensors") };
        using var backend = new CpuBackend(threads: 2);
        Assert.ThrowsAny<IOException>(() => new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None));
        Assert.False(Directory.Exists(options.OutputDir));
    }

    private static ClassifyOptions Trained(TemporaryFolder folder)
    {
        ClassifyOptions options = SmallModel.Write(folder) with { MaxSteps = 1 };
        using var backend = new CpuBackend(threads: 2);
        new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None);
        return options;
    }

    private static string Refused(ClassifyOptions options, SilentLog? log = null)
    {
        using var backend = new CpuBackend(threads: 2);
        var classifier = new Classifier(options, backend, log ?? new SilentLog());
        return Assert.Throws<OptionsException>(() => classifier.Run(CancellationToken.None)).Message;
    }
}
