// SPDX-License-Identifier: Apache-2.0
using System.Text.Json;
using BertManaged.Autograd;
using BertManaged.Formats;
using BertManaged.Tensors;
using BertManaged.Testing;
using BertManaged.Training;

namespace BertManaged.Model.Tests;

/// <summary>Loss, logits and the gradient of every parameter for each kind of head, against PyTorch in float64, on a ragged
/// batch.</summary>
public class TinyGradientsTests
{
    private const string Folder = "goldens/hf/tiny-gradients/";

    public static MatrixTheoryData<string, string, string> Cases => new(
        [Backends.Cpu, Backends.Reference],
        ["gelu-erf", "gelu-tanh"],
        ["sequence-2", "sequence-3", "regression", "pretraining-google", "pretraining-hf"]);

    [Theory, MemberData(nameof(Cases))]
    public void LossLogitsAndGradients_OfEveryHead_EqualPyTorch(string backendName, string gelu, string task)
    {
        using GoldenTensors golden = GoldenTensors.Open($"{Folder}{gelu}/{task}.safetensors");
        using IBackend backend = Backends.Create(backendName);
        using ITensorFile file = TensorFiles.Open(SharedFolder.Path(Folder + "weights.safetensors"));
        using JsonDocument batch = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Folder + "batch.json")));
        var run = new Run(backend, file, batch.RootElement, gelu);
        (double loss, Dictionary<string, double[]> logits) = task switch
        {
            "sequence-2" => run.Classify("sequence2", 2),
            "sequence-3" => run.Classify("sequence3", 3),
            "regression" => run.Regression(),
            _ => run.PreTraining(google: task == "pretraining-google"),
        };

        bool isFloat32 = backendName == Backends.Cpu;
        Near.Absolute(golden.Doubles("loss"), [loss], isFloat32 ? 3e-6 : 1e-12, "loss");
        foreach ((string name, double[] values) in logits)
        {
            Near.Absolute(golden.Doubles(name), values, isFloat32 ? 2e-5 : 1e-11, name);
        }

        CheckGradients(golden, run.Recorder, isFloat32);
    }

    private static void CheckGradients(GoldenTensors golden, Recorder recorder, bool isFloat32)
    {
        string[] names =
            [.. golden.Names.Where(
            n => n.StartsWith("grad.bert", StringComparison.Ordinal) || n.StartsWith("grad.c", StringComparison.Ordinal))];
        foreach (string name in names)
        {
            double[] expected = golden.Doubles(name);
            double allowed = isFloat32 ? Math.Max(4e-6, 2e-5 * expected.Max(Math.Abs)) : 1e-11;
            Near.Absolute(expected, recorder.Gradients[name["grad.".Length..]], allowed, name);
        }

        // Every parameter of ours was compared, and nothing of theirs was left out.
        Assert.Equal(
            names.Length,
            recorder.Gradients.Keys.Count(
            k => k.EndsWith(".weight", StringComparison.Ordinal) || k.EndsWith("bias", StringComparison.Ordinal)));
        int[] lengths = [1, 2, 7, 17, 33];
        Near.PackedRows(
            golden.Doubles("grad.embeddings_output"), lengths, 33, recorder.Gradients["bert.embeddings"], isFloat32 ? 4e-6 : 1e-11,
                "grad.embeddings_output");
    }

    [Theory]
    [InlineData(Backends.Cpu, "gelu-erf")]
    [InlineData(Backends.Cpu, "gelu-tanh")]
    [InlineData(Backends.Reference, "gelu-erf")]
    [InlineData(Backends.Reference, "gelu-tanh")]
    public void HiddenStates_OfPackedBatch_EqualTheRealRowsOfThePaddedOne(string backendName, string gelu)
    {
        using GoldenTensors golden = GoldenTensors.Open($"{Folder}{gelu}/forward.safetensors");
        using IBackend backend = Backends.Create(backendName);
        using ITensorFile file = TensorFiles.Open(SharedFolder.Path(Folder + "weights.safetensors"));
        using JsonDocument batch = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.Path(Folder + "batch.json")));
        var run = new Run(backend, file, batch.RootElement, gelu, allRows: true);
        run.Classify("sequence2", 2);
        double[][] states = [.. golden.Doubles("hidden_states").Chunk(5 * 33 * 20)];
        string[] names = ["bert.embeddings", "bert.encoder.layer.0", "bert.encoder.layer.1", "bert.encoder.layer.2"];
        double tolerance = backendName == Backends.Cpu ? 2e-5 : 1e-11;
        for (int i = 0; i < names.Length; i++)
        {
            Near.PackedRows(states[i], [1, 2, 7, 17, 33], 33, run.Recorder.Values[names[i]], tolerance, names[i]);
        }

        Near.Absolute(golden.Doubles("pooled"), run.Recorder.Values["bert.pooler"], tolerance, "pooled");
    }

    private sealed class Run
    {
        private readonly IBackend _backend;
        private readonly ITensorFile _file;
        private readonly JsonElement _batch;
        private readonly BertConfig _config;
        private readonly Tape _tape;

        public Run(IBackend backend, ITensorFile file, JsonElement batch, string gelu, bool allRows = false)
        {
            (_backend, _file, _batch) = (backend, file, batch);
            Recorder = new Recorder(backend);
            _config = BertConfigReader.Read(File.ReadAllBytes(SharedFolder.Path(Folder + "config.json")), "config.json") with
            {
                HiddenAct = gelu == "gelu-erf" ? HiddenActivation.GeluErf : HiddenActivation.GeluTanh,
            };
            _tape = new Tape(backend) { Observer = Recorder, WantsAllRows = allRows };
        }

        public Recorder Recorder { get; }

        public (double, Dictionary<string, double[]>) Classify(string head, int labels)
        {
            (BertForSequenceClassification model, Variable logits) = Logits(head, labels);
            return Backward(_tape.CrossEntropy(logits, new IndexTensor(Ints($"{head}_labels"))), logits, model);
        }

        public (double, Dictionary<string, double[]>) Regression()
        {
            (BertForSequenceClassification model, Variable logits) = Logits("regression", 1);
            double[] targets = [.. _batch.GetProperty("regression_targets").EnumerateArray().Select(v => v.GetDouble())];
            return Backward(_tape.MeanSquaredError(logits, targets), logits, model);
        }

        public (double, Dictionary<string, double[]>) PreTraining(bool google)
        {
            var model = new BertForPreTraining(Source(name => name), _config);
            PackedBatch batch = Batch();
            double[][] weights = [.. Rows("masked_lm_weights").Select(row => row.Select(v => v.GetDouble()).ToArray())];
            MaskedLmTargets targets =
                MaskedLmTargets.Google(batch.Layout, IntRows("masked_lm_positions"), IntRows("masked_lm_ids"), weights);
            if (!google)
            {
                double count = weights.Sum(row => row.Sum());
                targets = targets with { Weights = [.. weights.SelectMany(row => row.Select(w => w / count))] };
            }

            PreTrainingOutput output = model.Forward(_tape, batch, targets, new IndexTensor(Ints("next_sentence_labels")));
            double loss = Recorder.Scalar(output.Loss);
            var logits = new Dictionary<string, double[]> { ["seq_relationship_logits"] = Recorder.Read(output.NextSentenceLogits!.Value) };
            if (google)
            {
                logits["masked_lm_logits"] = Recorder.Read(output.MaskedLmLogits.Value);
                logits["masked_lm_loss"] = Recorder.Read(output.MaskedLmLoss.Value);
                logits["next_sentence_loss"] = Recorder.Read(output.NextSentenceLoss!.Value);
            }

            _tape.Backward(output.Loss, model.Parameters);
            return (loss, logits);
        }

        private (BertForSequenceClassification, Variable) Logits(string head, int labels)
        {
            var model = new BertForSequenceClassification(
                Source(name => name.StartsWith("classifier.", StringComparison.Ordinal) ? $"{head}.{name}" : name), _config, labels);
            return (model, model.Logits(_tape, Batch()));
        }

        private (double, Dictionary<string, double[]>) Backward(Variable loss, Variable logits, BertForSequenceClassification model)
        {
            _tape.Backward(loss, model.Parameters);
            return (Recorder.Scalar(loss), new Dictionary<string, double[]> { ["logits"] = Recorder.Read(logits.Value) });
        }

        private ParameterSource Source(Func<string, string> rename) =>
            new(_backend, new RenamedWeights(new CheckpointWeights(_file), rename), seed: 1, initializerRange: 0.02);

        private PackedBatch Batch() => new(IntRows("input_ids"), IntRows("token_type_ids"));

        private int[] Ints(string name) => [.. _batch.GetProperty(name).EnumerateArray().Select(v => v.GetInt32())];

        private int[][] IntRows(string name) => [.. Rows(name).Select(row => row.Select(v => v.GetInt32()).ToArray())];

        private IEnumerable<IEnumerable<JsonElement>> Rows(string name) =>
            _batch.GetProperty(name).EnumerateArray().Select(row => (IEnumerable<JsonElement>)row.EnumerateArray());
    }
}
