// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Tensors;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

/// <summary>What is written is what Hugging Face's BertForSequenceClassification has, and what this program reads back.</summary>
public class SavedModelTests
{
    [Fact]
    public void NamesAndShapes_OfSavedModel_AreTheApprovedOnes()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Train(folder);
        using ITensorFile file = TensorFiles.Open(options.OutputDir);
        string[] approved =
            File.ReadAllLines(Repository.File("tests", "Training.Tests", "Classify", "BertForSequenceClassification.approved.txt"));
        Assert.Equal(approved, file.Tensors.Select(t => $"{t.Name} {t.Type.Name()} {t.ShapeText}"));
    }

    [Fact]
    public void Names_OfSavedModel_AreThoseOfTransformers()
    {
        using GoldenTensors golden = GoldenTensors.Open("goldens/hf/tiny-gradients/gelu-erf/sequence-3.safetensors");
        using var folder = new TemporaryFolder();
        using ITensorFile file = TensorFiles.Open(Train(folder).OutputDir);
        IEnumerable<string> theirs = golden.Names.Where(
            n => n.StartsWith("grad.bert.", StringComparison.Ordinal) || n.StartsWith("grad.classifier.", StringComparison.Ordinal))
            .Select(n => n["grad.".Length..]).Where(n => !n.Contains("layer.2.", StringComparison.Ordinal));
        Assert.Equal(theirs.Order(StringComparer.Ordinal), file.Tensors.Select(t => t.Name));
    }

    [Fact]
    public void Config_OfSavedModel_HasTheKeysOfTransformers()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Train(folder);
        using JsonDocument config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(options.OutputDir, "config.json")));
        Assert.Equal(
            [
                "architectures", "attention_probs_dropout_prob", "classifier_dropout", "hidden_act", "hidden_dropout_prob", "hidden_size",
                "id2label", "initializer_range", "intermediate_size", "label2id", "layer_norm_eps", "max_position_embeddings", "model_type",
                "num_attention_heads", "num_hidden_layers", "pad_token_id", "position_embedding_type", "problem_type", "torch_dtype",
                "type_vocab_size", "use_cache", "vocab_size",
            ],
            config.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal("gelu_new", config.RootElement.GetProperty("hidden_act").GetString());
        Assert.Equal(
            ["blue", "green", "red"], config.RootElement.GetProperty("id2label").EnumerateObject().Select(p => p.Value.GetString()));
    }

    [Fact]
    public void EvaluationAfterTraining_AndFromTheSavedFolder_IsTheSame()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = SmallModel.Write(folder) with { DoEval = true, DoPredict = true };
        using var backend = new CpuBackend(threads: 2);
        new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None);
        string[] names = ["eval_results.txt", "test_results.tsv", "predictions.tsv"];
        string[] trained = [.. names.Select(name => File.ReadAllText(Path.Combine(options.OutputDir, name)))];
        Array.ForEach(names, name => File.Delete(Path.Combine(options.OutputDir, name)));
        File.Delete(folder.File("train.csv"));

        new Classifier(options with { DoTrain = false }, backend, new SilentLog()).Run(CancellationToken.None);
        Assert.Equal(trained, names.Select(name => File.ReadAllText(Path.Combine(options.OutputDir, name))));
    }

    [Fact]
    public void Training_IntoFolderWithModel_IsRefusedUnlessToldTo()
    {
        using var folder = new TemporaryFolder();
        ClassifyOptions options = Train(folder);
        using var backend = new CpuBackend(threads: 2);
        OptionsException refused =
            Assert.Throws<OptionsException>(() => new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None));
        Assert.Contains("--overwrite_output_dir", refused.Message, StringComparison.Ordinal);
        new Classifier(options with { OverwriteOutputDir = true }, backend, new SilentLog()).Run(CancellationToken.None);
    }

    [Fact]
    public void Stop_DuringTraining_SavesTheStepsDone()
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        using var stop = new CancellationTokenSource();
        ClassifyOptions options = SmallModel.Write(folder) with { DoEval = true };
        ClassifyResult result = new Classifier(options, backend, new StopAfter(3, stop)).Run(stop.Token);
        Assert.True(result.WasInterrupted);
        Assert.Equal(3, result.TrainedSteps);
        Assert.Equal(3, File.ReadAllLines(Path.Combine(options.OutputDir, "metrics.jsonl")).Length);
        using ITensorFile file = TensorFiles.Open(options.OutputDir);
        Assert.Equal("3", file.Metadata[ModelFolderWriter.GlobalStepKey]);
        Assert.False(File.Exists(Path.Combine(options.OutputDir, "eval_results.txt")));
    }

    [Fact]
    public void Stop_BeforeTheFirstStep_LeavesTheModelThatIsThere()
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        ClassifyOptions options = Train(folder) with { OverwriteOutputDir = true };
        Dictionary<string, byte[]> before = Directory.GetFiles(options.OutputDir).ToDictionary(f => f, File.ReadAllBytes);
        ClassifyResult result = new Classifier(options, backend, new SilentLog()).Run(new CancellationToken(canceled: true));
        Assert.True(result.WasInterrupted);
        Assert.Equal(0, result.TrainedSteps);
        Assert.Equal(before, Directory.GetFiles(options.OutputDir).ToDictionary(f => f, File.ReadAllBytes));
    }

    [Fact]
    public void Evaluation_OfSavedModel_TakesConfigAndVocabularyThatWereSavedWithIt()
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        ClassifyOptions options = Train(folder) with { DoTrain = false, DoEval = true, BertConfigFile = null, VocabFile = null };
        new Classifier(options with { Model = folder.File("elsewhere") }, backend, new SilentLog()).Run(CancellationToken.None);
        Assert.True(File.Exists(Path.Combine(options.OutputDir, "eval_results.txt")));
    }

    [Fact]
    public void Evaluation_OfCheckpointWithoutHead_Warns()
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        ClassifyOptions trained = Train(folder);
        using (ITensorFile file = TensorFiles.Open(trained.OutputDir))
        {
            TensorEntry[] encoder =
            [
                .. file.Tensors.Where(t => !ClassificationHead.Owns(t.Name)).Select(t => new TensorEntry(
                    t.Name, t.Type, t.Shape, stream => stream.Write(file.ReadBytes(t.Name)))),
            ];
            SafetensorsWriter.Write(folder.File("encoder.safetensors"), encoder);
        }

        var log = new SilentLog();
        ClassifyOptions options = trained with
        {
            DoTrain = false,
            DoEval = true,
            InitCheckpoint = folder.File("encoder.safetensors"),
            OutputDir = folder.File("evaluated"),
        };
        new Classifier(options, backend, log).Run(CancellationToken.None);
        Assert.Contains(log.Warnings, line => line.Contains("no classification head", StringComparison.Ordinal));
    }

    private static ClassifyOptions Train(TemporaryFolder folder)
    {
        ClassifyOptions options = SmallModel.Write(folder) with { MaxSteps = 2 };
        using var backend = new CpuBackend(threads: 2);
        new Classifier(options, backend, new SilentLog()).Run(CancellationToken.None);
        return options;
    }

    [Fact]
    public void Stop_JustAsTrainingBegins_LeavesTheModelThatIsThere()
    {
        using var folder = new TemporaryFolder();
        using var backend = new CpuBackend(threads: 2);
        using var stop = new CancellationTokenSource();
        ClassifyOptions options = Train(folder) with { OverwriteOutputDir = true };
        Dictionary<string, byte[]> before = Directory.GetFiles(options.OutputDir).ToDictionary(f => f, File.ReadAllBytes);
        ClassifyResult result = new Classifier(options, backend, new StopAfter(0, stop)).Run(stop.Token);
        Assert.True(result.WasInterrupted);
        Assert.Equal(before, Directory.GetFiles(options.OutputDir).ToDictionary(f => f, File.ReadAllBytes));
    }

    /// <summary>Asks to stop after so many steps; after 0, as soon as training says that it begins.</summary>
    private sealed class StopAfter(int steps, CancellationTokenSource source) : ITrainingLog
    {
        public void Info(string line)
        {
            if (steps == 0)
            {
                source.Cancel();
            }
        }

        public void Warning(string line)
        {
        }

        public void Step(in StepReport report)
        {
            if (report.Step == steps)
            {
                source.Cancel();
            }
        }
    }
}
