// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Testing;

namespace BertManaged.Training.Tests;

public class PretrainedModelTests
{
    /// <summary>What transformers' save_pretrained writes for BertForPreTraining: the decoder is the word table, and left out.</summary>
    private static readonly string[] HeadsOfPreTraining =
    [
        "cls.predictions.bias", "cls.predictions.transform.LayerNorm.bias", "cls.predictions.transform.LayerNorm.weight",
        "cls.predictions.transform.dense.bias", "cls.predictions.transform.dense.weight", "cls.seq_relationship.bias",
        "cls.seq_relationship.weight",
    ];

    [Theory]
    [InlineData(true, "BertForPreTraining")]
    [InlineData(false, "BertForMaskedLM")]
    public void SavedModel_HasTheNamesThatTransformersLoads(bool nextSentence, string architecture)
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = SmallRun.Write(folder) with { NextSentence = nextSentence, MaxSteps = 1 };
        SmallRun.Run(options);
        JsonElement config = JsonElement.Parse(File.ReadAllText(Path.Combine(options.OutputDir, "config.json")));
        Assert.Equal(architecture, config.GetProperty("architectures")[0].GetString());
        Assert.False(config.TryGetProperty("id2label", out _));
        using ITensorFile file = TensorFiles.Open(options.OutputDir);
        string[] names = [.. file.Tensors.Select(t => t.Name)];
        Assert.Equal(
            HeadsOfPreTraining.Where(name => nextSentence || !name.Contains("seq_relationship", StringComparison.Ordinal)),
            names.Where(name => name.StartsWith("cls.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(nextSentence, names.Contains("bert.pooler.dense.weight"));
        Assert.All(names, name => Assert.True(
            name.StartsWith("bert.", StringComparison.Ordinal) || name.StartsWith("cls.", StringComparison.Ordinal), name));
    }

    [Fact]
    public void Vocabulary_ThatIsGiven_IsSavedBesideTheWeights()
    {
        using var folder = new TemporaryFolder();
        string[] tokens =
            ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", .. Enumerable.Range(5, SmallRun.VocabSize - 5).Select(i => $"t{i}")];
        File.WriteAllLines(folder.File("vocab.txt"), tokens);
        PretrainOptions options = SmallRun.Write(folder) with { VocabFile = folder.File("vocab.txt"), DoLowerCase = false, MaxSteps = 1 };
        var log = new StoppingLog();
        SmallRun.Run(options, log: log);
        Assert.Empty(log.Warnings);
        Assert.Equal(tokens, File.ReadAllLines(Path.Combine(options.OutputDir, "vocab.txt")));
        Assert.False(new ModelFiles(options.OutputDir).LowerCase());
    }

    [Fact]
    public void Vocabulary_ThatNobodyGave_IsMissedInAWarning()
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = SmallRun.Write(folder) with { MaxSteps = 1 };
        var log = new StoppingLog();
        SmallRun.Run(options, log: log);
        Assert.Contains("vocab.txt", Assert.Single(log.Warnings), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(options.OutputDir, "vocab.txt")));
    }

    [Fact]
    public void Evaluation_OfTheSavedModel_SaysTheSameAgain()
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = SmallRun.Write(folder) with { DoEval = true };
        TrainingResult trained = SmallRun.Run(options);
        File.Delete(Path.Combine(options.OutputDir, "eval_results.txt"));
        TrainingResult evaluated = SmallRun.Run(options with { DoTrain = false, BertConfigFile = null });
        Assert.Equal(trained.Evaluation!.ToFileText(), evaluated.Evaluation!.ToFileText());
        Assert.Equal(trained.Evaluation.ToFileText(), File.ReadAllText(Path.Combine(options.OutputDir, "eval_results.txt")));
        Assert.Equal(11, evaluated.Evaluation["global_step"]);
    }

    [Fact]
    public void Evaluation_WithoutNextSentence_HasNoKeysOfIt()
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = SmallRun.Write(folder) with { DoEval = true, NextSentence = false, MaxSteps = 2 };
        EvalResults results = SmallRun.Run(options).Evaluation!;
        Assert.Equal(["global_step", "loss", "masked_lm_accuracy", "masked_lm_loss"], results.Values.Select(pair => pair.Key));
        string line = File.ReadAllLines(Path.Combine(options.OutputDir, "metrics.jsonl"))[0];
        Assert.Contains("masked_lm_accuracy", line, StringComparison.Ordinal);
        Assert.DoesNotContain("next_sentence", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluation_OnOtherExamples_IsOfThose()
    {
        using var folder = new TemporaryFolder();
        PretrainOptions options = SmallRun.Write(folder) with { DoEval = true };
        EvalResults own = SmallRun.Run(options).Evaluation!;
        byte[] other = PretrainingRecord.RandomFile(9, SmallRun.Sequence, SmallRun.Predictions, SmallRun.VocabSize / 2);
        File.WriteAllBytes(folder.File("other.tfrecord"), other);
        EvalResults held = SmallRun.Run(options with { DoTrain = false, EvalInputFile = folder.File("other.tfrecord") }).Evaluation!;
        Assert.NotEqual(own["masked_lm_loss"], held["masked_lm_loss"]);
    }
}
