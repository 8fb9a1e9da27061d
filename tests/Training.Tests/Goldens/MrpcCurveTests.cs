// SPDX-License-Identifier: Apache-2.0
using System.Security.Cryptography;
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Text;

namespace BertManaged.Training.Tests;

/// <summary>MRPC from real weights, 343 steps without dropout in file order, against PyTorch step by step.</summary>
public class MrpcCurveTests
{
    private const string Folder = "goldens/hf/training-curve/";

    /// <summary>The whole run takes minutes; it is what the promise of exactness rests on.</summary>
    [Fact, Trait("Speed", "Slow")]
    public void WholeRun_OfMiniLmOnMrpc_FollowsPyTorch()
    {
        using GoldenTensors golden = GoldenTensors.Open(Folder + "mrpc-f32.safetensors"),
            truth = GoldenTensors.Open(Folder + "mrpc-f64.safetensors");
        using var model = new TemporaryFolder();
        using var output = new TemporaryFolder();
        MergedModel.MiniLmWithHead(model.Path, Folder + "mrpc-classifier.safetensors");
        using var backend = new CpuBackend();
        var log = new SilentLog();
        var options = new ClassifyOptions
        {
            TaskName = "MRPC",
            DataDir = SharedFolder.Path("data/mrpc"),
            OutputDir = output.Path,
            Model = model.Path,
            DoTrain = true,
            DoEval = true,
            LearningRate = 2e-5,
            Dropout = 0,
            Shuffle = ShuffleKind.None,
        };
        TrainingResult result = new Classifier(options, backend, log).Run(CancellationToken.None);

        Assert.Equal(343, result.TrainedSteps);
        double[] losses = [.. log.Steps.Select(s => s.Loss)], norms = [.. log.Steps.Select(s => s.GradientNorm)];
        double[] expected = golden.Doubles("loss"), expectedNorms = golden.Doubles("grad_norm"), exact = truth.Doubles("loss");
        Near.Absolute(exact.AsSpan(0, 20), losses.AsSpan(0, 20), 5e-7, "loss against float64, 20 steps");
        Near.Absolute(exact.AsSpan(0, 100), losses.AsSpan(0, 100), 1e-6, "loss against float64, 100 steps");
        Near.Absolute(expected, losses, 3e-6, "loss against float32, all steps");
        Near.Absolute(golden.Doubles("lr"), [.. log.Steps.Select(s => s.LearningRate)], 1e-11, "learning rate");
        for (int i = 0; i < 20; i++)
        {
            Near.Absolute([expectedNorms[i]], [norms[i]], 5e-7 * expectedNorms[i], $"gradient norm of step {i + 1}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"largest loss error: {Largest(exact, losses, 20):e2} (20 steps, float64), "
            + $"{Largest(exact, losses, 100):e2} (100), {Largest(expected, losses, 343):e2} (343, float32)");
        Assert.Equal(0.8137, result.Evaluation!["eval_accuracy"], 4e-5);
        CompareDevLogits(golden, options, backend);
    }

    [Theory]
    [InlineData("train")]
    [InlineData("dev")]
    public void Ids_OfMrpc_AreThoseOfTheReference(string set)
    {
        using JsonDocument problem = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Folder + "mrpc.json")));
        JsonElement expected = problem.RootElement.GetProperty(set);
        EncodedExample[] examples = Examples(set);
        Assert.Equal(expected.GetProperty("examples").GetInt32(), examples.Length);
        Assert.Equal(expected.GetProperty("ids_sha256").GetString(), Hash(examples.SelectMany(e => e.Encoding.InputIds)));
        Assert.Equal(expected.GetProperty("types_sha256").GetString(), Hash(examples.SelectMany(e => e.Encoding.TokenTypeIds)));
    }

    private static void CompareDevLogits(GoldenTensors golden, ClassifyOptions options, CpuBackend backend)
    {
        var files = new ModelFiles(options.OutputDir);
        using ITensorFile weights = files.OpenWeights();
        var source = new Model.ParameterSource(backend, new CheckpointWeights(weights), 1, 0.02);
        var model = new Model.BertForSequenceClassification(source, files.ReadConfig(), labelCount: 2);
        float[][] logits = new Scoring(model, backend, ClassificationTask.Find("mrpc")).Logits(Examples("dev"), CancellationToken.None);
        Near.Absolute(golden.Doubles("dev_logits"), [.. logits.SelectMany(row => row.Select(x => (double)x))], 4e-5, "dev logits");
    }

    private static EncodedExample[] Examples(string set)
    {
        ClassificationTask task = ClassificationTask.Find("mrpc");
        string folder = SharedFolder.Path("data/mrpc");
        var tokenizer = new BertTokenizer(Vocabulary.Load(SharedFolder.Path("models/all-MiniLM-L6-v2/vocab.txt")));
        return EncodedExample.Encode(task, new PairEncoder(tokenizer, 128), set == "train" ? task.ReadTrain(folder) : task.ReadDev(folder));
    }

    private static string Hash(IEnumerable<int> ids) =>
        Convert.ToHexStringLower(SHA256.HashData([.. ids.SelectMany(BitConverter.GetBytes)]));

    private static double Largest(double[] expected, double[] actual, int count) =>
        Enumerable.Range(0, count).Max(i => Math.Abs(expected[i] - actual[i]));
}
