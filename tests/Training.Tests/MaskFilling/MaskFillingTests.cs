// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Formats;
using BertManaged.Model;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Text;

namespace BertManaged.Training.Tests.MaskFilling;

/// <summary>Probabilities of masked tokens against those of Google's program on TensorFlow, and of transformers on PyTorch.</summary>
public class MaskFillingTests
{
    private const string Google = "goldens/google/", HuggingFace = "goldens/hf/tiny-gradients/";

    public static MatrixTheoryData<string, string, string> GoogleCases => new(
        ["cpu", "reference"], ["a", "b"],
        ["uncased_L-3_H-20_A-4.zip", "training/model.ckpt-200", "partitioned/bert_model.ckpt", "variables.safetensors"]);

    [Theory, MemberData(nameof(GoogleCases))]
    public void Probabilities_OfGooglesModel_AreThoseOfTensorFlow(string backendName, string batch, string checkpoint)
    {
        string location = Path.Combine(SharedFolder.Path($"{Google}checkpoint-tiny"), checkpoint);
        using GoldenTensors golden = GoldenTensors.Open($"{Google}forward-tiny/outputs-float32.safetensors");
        using GoldenTensors inputs = GoldenTensors.Open($"{Google}forward-tiny/inputs.safetensors");
        int[] lengths = [.. inputs.IntRows($"{batch}/input_mask").Select(mask => mask.Sum())];
        int[][] ids = inputs.IntRows($"{batch}/input_ids", lengths), types = inputs.IntRows($"{batch}/segment_ids", lengths);
        int[][] positions = inputs.IntRows($"{batch}/masked_lm_positions");
        MaskedText[] texts = [.. ids.Select((row, b) => new MaskedText(row, types[b], positions[b]))];

        BertConfig config = ModelFiles.ReadConfig(SharedFolder.Path($"{Google}checkpoint-tiny/bert_config.json"));
        using var model = new LoadedModel(backendName, location, config);
        double[] found = [.. model.Filling.Probabilities(texts).SelectMany(masks => masks).SelectMany(Logarithms)];
        Near.Absolute(golden.Doubles($"{batch}/pretraining/masked_lm_log_probs"), found, 2e-5, "log probabilities");
    }

    public static MatrixTheoryData<string, string> HuggingFaceCases => new(["cpu", "reference"], ["gelu-erf", "gelu-tanh"]);

    [Theory, MemberData(nameof(HuggingFaceCases))]
    public void Probabilities_OfHuggingFacesModel_AreThoseOfPyTorch(string backendName, string gelu)
    {
        using GoldenTensors golden = GoldenTensors.Open($"{HuggingFace}{gelu}/pretraining-hf.safetensors");
        using JsonDocument batch = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(HuggingFace + "batch.json")));
        int[][] ids = Rows(batch, "input_ids"), types = Rows(batch, "token_type_ids");

        // Every real token is asked for; the logits of padding are of no meaning.
        MaskedText[] texts = [.. ids.Select((row, b) => new MaskedText(row, types[b], [.. Enumerable.Range(0, row.Length)]))];
        BertConfig config = ModelFiles.ReadConfig(SharedFolder.Path(HuggingFace + "config.json")) with
        {
            HiddenAct = gelu == "gelu-erf" ? HiddenActivation.GeluErf : HiddenActivation.GeluTanh,
        };
        using var model = new LoadedModel(backendName, SharedFolder.Path(HuggingFace + "weights.safetensors"), config);
        float[][][] found = model.Filling.Probabilities(texts);

        int[] shape = golden.Shape("prediction_logits");
        double[][] logits = [.. golden.Doubles("prediction_logits").Chunk(shape[2])];
        for (int b = 0; b < texts.Length; b++)
        {
            for (int s = 0; s < ids[b].Length; s++)
            {
                Near.Absolute(LogSoftmax(logits[(b * shape[1]) + s]), Logarithms(found[b][s]), 2e-5, $"text {b}, token {s}");
            }
        }
    }

    [Fact]
    public void Probabilities_OfATextAlone_AreThoseInCompany()
    {
        BertConfig config = ModelFiles.ReadConfig(SharedFolder.Path($"{Google}checkpoint-tiny/bert_config.json"));
        using var model = new LoadedModel("cpu", SharedFolder.Path($"{Google}checkpoint-tiny/uncased_L-3_H-20_A-4.zip"), config);
        var random = new Random(1);
        MaskedText[] texts = [.. Enumerable.Range(3, 20).Select(length =>
        {
            int[] ids = [.. Enumerable.Range(0, length).Select(_ => random.Next(config.VocabSize))];
            return new MaskedText(ids, new int[length], [.. Enumerable.Range(1, length / 3)]);
        })];
        float[][][] together = model.Filling.Probabilities(texts);
        Assert.All(together, (masks, b) => Assert.Equal(masks, model.Filling.Probabilities([texts[b]])[0]));
        Assert.Empty(model.Filling.Probabilities([new MaskedText([3, 4], [0, 0], [])])[0]);
    }

    [Fact]
    public void Top_OfEquals_TakesTheLowestIds()
    {
        Assert.Equal([4, 1, 2], TokenProbability.Top([0.1f, 0.2f, 0.2f, 0.2f, 0.3f], 3).Select(token => token.Id));
        Assert.Equal([(1, 1f), (0, 0f)], TokenProbability.Top([0, 1], 5).Select(token => (token.Id, token.Probability)));
    }

    [Fact]
    public void Top_OfRandomNumbers_IsTheBeginningOfTheSortedOnes()
    {
        var random = new Random(4);
        for (int round = 0; round < 100; round++)
        {
            float[] values = [.. Enumerable.Range(0, random.Next(1, 50)).Select(_ => random.Next(10) / 10f)];
            int count = random.Next(1, 20);
            Assert.Equal(
                Enumerable.Range(0, values.Length).OrderByDescending(id => values[id]).ThenBy(id => id).Take(count),
                TokenProbability.Top(values, count).Select(token => token.Id));
        }
    }

    private static double[] Logarithms(float[] probabilities) => Array.ConvertAll(probabilities, p => Math.Log(p));

    private static double[] LogSoftmax(double[] logits)
    {
        double max = logits.Max(), sum = logits.Sum(logit => Math.Exp(logit - max));
        return Array.ConvertAll(logits, logit => logit - max - Math.Log(sum));
    }

    private static int[][] Rows(JsonDocument batch, string name) =>
        [.. batch.RootElement.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(v => v.GetInt32()).ToArray())];

    private sealed class LoadedModel : IDisposable
    {
        private readonly IBackend _backend;

        public LoadedModel(string backendName, string location, BertConfig config)
        {
            _backend = backendName == "cpu" ? new CpuBackend(threads: 2) : new ReferenceBackend();
            using ITensorFile file = TensorFiles.Open(location);
            var source = new ParameterSource(_backend, new CheckpointWeights(file), seed: 1, config.InitializerRange);
            var model = new BertForMaskedLm(source, config);
            Assert.Empty(model.Parameters.Select(parameter => parameter.Name).Intersect(source.Initialised));
            Filling = new Training.MaskFilling(model, _backend);
        }

        public Training.MaskFilling Filling { get; }

        public void Dispose() => _backend.Dispose();
    }
}
